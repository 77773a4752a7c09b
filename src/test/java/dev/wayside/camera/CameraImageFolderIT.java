package dev.wayside.camera;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.wayside.camera.CameraStatus.State;
import dev.wayside.text.NamedPipe;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of pictures as a camera. */
class CameraImageFolderIT {
    @TempDir
    Path folder;

    @Test
    void showsPicturesInNameOrderAndSkipsDamagedOnes() throws Exception {
        Files.write(folder.resolve("a.jpg"), Pictures.jpeg(64, 48));
        Files.write(folder.resolve("b.png"), Pictures.encoded("png", 80, 60, Color.BLUE));
        Files.write(folder.resolve("c.jpg"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("d 100%d.JPEG"), Pictures.jpeg(96, 72));
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        String url = "images:" + folder + "?fps=20";
        Deadline deadline = new Deadline(Duration.ofSeconds(30));
        try (LogCapture log = new LogCapture();
                FrameSource source = TestCamera.open(url, deadline);
                TestCamera camera = new TestCamera(url)) {
            for (int picture = 0; picture < 9; picture++) {
                assertEquals(List.of(64, 80, 96).get(picture % 3), source.next().width());
                assertEquals(picture * 50_000L, source.timestampMicros());
            }
            camera.awaitFrames(30);
            camera.awaitFps(20, 4);
            assertEquals(0, camera.status().reconnects());
            List<String> warnings = log.at(Level.WARN);
            assertEquals(1, warnings.size(), "once, however often the folder is shown: " + warnings);
            assertTrue(warnings.get(0).contains("c.jpg"), log.all());
        }
    }

    @Test
    void detectsTheFormatOfPicturesAndSkipsHiddenFiles() throws Exception {
        Files.write(folder.resolve("a.jpg"), Pictures.encoded("png", 80, 60, Color.BLUE));
        Files.write(folder.resolve("b.png"), Pictures.jpeg(64, 48));
        Files.write(folder.resolve("._a.jpg"), new byte[] {0, 5, 22, 7});
        Files.createDirectory(folder.resolve("more.jpg"));
        Deadline deadline = new Deadline(Duration.ofSeconds(30));
        try (LogCapture log = new LogCapture();
                FrameSource source = TestCamera.open("images:" + folder, deadline);
                TestCamera camera = new TestCamera("images:" + folder + "?fps=20")) {
            for (int picture = 0; picture < 4; picture++) {
                assertEquals(List.of(80, 64).get(picture % 2), source.next().width());
            }
            camera.awaitFrames(4);
            assertEquals(List.of(), log.at(Level.WARN));
        }
    }

    /** Opening it would wait for ever. */
    @Test
    void aNamedPipeInAFolderIsNoPicture() throws Exception {
        NamedPipe.make(folder.resolve("a.jpg"));
        Files.write(folder.resolve("b.jpg"), Pictures.jpeg(64, 48));
        try (TestCamera camera = new TestCamera("images:" + folder + "?fps=20")) {
            camera.awaitFrames(3);
        }
    }

    @Test
    void aFolderWithOnlyADamagedPictureIsReportedOnce() throws IOException {
        Files.write(folder.resolve("bad.jpg"), new byte[] {1, 2, 3});
        try (LogCapture log = new LogCapture();
                TestCamera camera = new TestCamera("images:" + folder)) {
            await("five attempts")
                    .atMost(TestCamera.PATIENCE)
                    .until(() -> log.at(Level.DEBUG).stream()
                                    .filter(line -> line.contains("next attempt"))
                                    .count()
                            >= 5);
            assertEquals(2, log.at(Level.WARN).size(), "the picture, and that there is no other: " + log.all());
            assertEquals(State.FAILED, camera.status().state());
        }
    }

    @Test
    void aFolderWithoutPicturesIsReportedAndRecovers() throws IOException {
        try (TestCamera camera = new TestCamera("images:" + folder)) {
            camera.awaitReason("has no .jpg, .jpeg or .png in it");
            Files.write(folder.resolve("bad.png"), new byte[] {1, 2, 3});
            camera.awaitReason("can be decoded: it is damaged");
            Files.write(folder.resolve("good.png"), Pictures.encoded("png", 80, 60, Color.BLUE));
            camera.awaitFrames(1);
        }
        try (TestCamera camera = new TestCamera("images:" + folder.resolve("nowhere"))) {
            camera.awaitReason("there is no folder");
        }
    }
}
