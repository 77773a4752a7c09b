package dev.wayside.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.camera.CameraSettings;
import dev.wayside.camera.CameraUrl;
import dev.wayside.camera.Cameras;
import dev.wayside.journal.Journal;
import dev.wayside.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartConditionsTest {
    @TempDir
    Path directory;

    @Test
    void aDetectorThatHasWorkedOnOneFrameForAMinuteHangs() {
        assertTrue(PartConditions.detector("m", Duration.ofSeconds(59)).good());
        Condition hangs = PartConditions.detector("m", Duration.ofSeconds(61));
        assertFalse(hangs.good());
        assertEquals("the model has been working on one frame for 61 s", hangs.reason());
    }

    @Test
    void oneCameraThatDeliversIsEnough() {
        try (Cameras cameras = new Cameras(List.of(camera("front", "sample"), camera("yard", "none.mp4")))) {
            Condition before = PartConditions.of(cameras);
            assertFalse(before.good());
            assertEquals("front: no picture yet; yard: no picture yet", before.reason());
            cameras.start();
            Awaitility.await().until(() -> PartConditions.of(cameras).good());
            Awaitility.await().until(() -> "failed"
                    .equals(PartConditions.of(cameras.get("yard")).data().get("state")));
            assertTrue(PartConditions.of(cameras.get("front")).good());
            assertFalse(PartConditions.of(cameras.get("yard")).good());
            Map<String, Object> data = PartConditions.of(cameras.get("front")).data();
            assertTrue((double) data.get("frame_age_seconds") < 60, data::toString);
            assertFalse(PartConditions.of(cameras.get("yard")).data().containsKey("frame_age_seconds"));
        }
    }

    @Test
    void aJournalWorksWhileItAcceptsEvents() throws IOException, JournalException {
        try (Journal journal = new Journal(directory.resolve("journal.db"), 1 << 20, Duration.ofDays(1))) {
            Condition closed = PartConditions.of(journal.state());
            assertFalse(closed.good());
            assertEquals("not open yet", closed.reason());
            journal.start();
            Condition open = PartConditions.of(journal.state());
            assertTrue(open.good());
            assertEquals(1L << 20, open.data().get("max_bytes"));
            assertTrue((long) open.data().get("free_bytes") > 0);
        }
    }

    private static CameraSettings camera(String name, String url) {
        return new CameraSettings(
                name,
                CameraUrl.parse(url, Path.of("").toAbsolutePath()),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofSeconds(1));
    }
}
