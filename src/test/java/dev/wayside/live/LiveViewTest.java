package dev.wayside.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.frame.VideoFrame;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private final LiveView live = new LiveView(List.of("front", "yard"), 80);
    private SampleFrames clip;

    @BeforeEach
    void openClip() throws Exception {
        clip = new SampleFrames();
    }

    @AfterEach
    void closeAll() throws Exception {
        live.close();
        clip.close();
    }

    @Test
    void givesAllViewersTheSamePicture() throws Exception {
        Viewer first = new Viewer();
        Viewer second = new Viewer();
        live.watch("front", Overlay.SCORES, first);
        live.watch("front", Overlay.SCORES, second);
        CompletableFuture<LivePicture> snapshot = live.snapshot("front", Overlay.SCORES);
        publish("front");
        assertEquals(1, first.pictures.size());
        assertSame(first.pictures.get(0), second.pictures.get(0), "one encode for all");
        assertSame(first.pictures.get(0), snapshot.getNow(null));
        assertEquals(1, live.pictures("front"));
    }

    @Test
    void encodesNothingWhileNobodyWatches() throws Exception {
        assertFalse(live.watched("front"));
        publish("front");
        publish("front");
        assertEquals(0, live.pictures("front"));
        Viewer late = new Viewer();
        live.watch("front", Overlay.SCORES, late);
        assertEquals(1, late.pictures.size(), "the newest frame is shown at once");
        live.watch("front", Overlay.SCORES, new Viewer());
        assertEquals(1, live.pictures("front"), "and is not encoded again for the next one");
    }

    @Test
    void stopsEncodingWhenTheLastViewerLeaves() throws Exception {
        Viewer viewer = new Viewer();
        live.watch("front", Overlay.SCORES, viewer);
        publish("front");
        live.leave("front", viewer);
        assertFalse(live.watched("front"));
        publish("front");
        assertEquals(1, viewer.pictures.size());
        assertEquals(1, live.pictures("front"));
    }

    @Test
    void encodesOnlyTheCameraThatIsWatched() throws Exception {
        Viewer yard = new Viewer();
        live.watch("yard", Overlay.SCORES, yard);
        publish("front");
        assertTrue(yard.pictures.isEmpty());
        assertEquals(0, live.pictures("front"));
        assertEquals(0, live.viewers("front"));
        assertEquals(1, live.viewers("yard"));
    }

    @Test
    void countsAWaitingSnapshotAsWatchingUntilItIsCancelled() {
        CompletableFuture<LivePicture> snapshot = live.snapshot("front", Overlay.SCORES);
        assertTrue(live.watched("front"));
        snapshot.cancel(false);
        assertFalse(live.watched("front"));
    }

    @Test
    void givesANewSubscriberTheLastEventOfEachCameraAtOnce() {
        live.event("front", Boxes.carAndPersonEvent("front", 1));
        live.event("front", Boxes.carAndPersonEvent("front", 2));
        live.event("yard", Boxes.carAndPersonEvent("yard", 3));
        Subscriber subscriber = new Subscriber();
        live.subscribe(subscriber);
        assertEquals(2, subscriber.messages.size());
        String message = subscriber.messages.get(0).toString();
        assertTrue(message.startsWith("event: detection\nid: pi-01/front/2\ndata: {"), message);
        assertTrue(message.endsWith("}\n\n"), message);
        live.event("front", Boxes.carAndPersonEvent("front", 4));
        live.unsubscribe(subscriber);
        live.event("front", Boxes.carAndPersonEvent("front", 5));
        assertEquals(3, subscriber.messages.size());
    }

    @Test
    void serialisesAnEventOnceForAllSubscribers() {
        Subscriber first = new Subscriber();
        Subscriber second = new Subscriber();
        live.subscribe(first);
        live.subscribe(second);
        live.event("front", Boxes.carAndPersonEvent("front", 1));
        assertSame(first.messages.get(0), second.messages.get(0));
    }

    @Test
    void keepsAnIdOnOneLine() {
        Subscriber subscriber = new Subscriber();
        live.subscribe(subscriber);
        live.event("front", Map.of("id", "a\ndata: forged\n\n"));
        assertEquals(
                4, subscriber.messages.get(0).toString().split("\n", -1).length - 1, "event, id, data, empty line");
    }

    @Test
    void namesTheCamerasWhenAskedForAnUnknownOne() {
        assertEquals(
                "there is no camera 'back'; the cameras are front, yard",
                assertThrows(IllegalArgumentException.class, () -> live.watched("back"))
                        .getMessage());
    }

    @Test
    void endsItsViewersAndDropsLaterFramesWhenClosed() throws Exception {
        Viewer viewer = new Viewer();
        Subscriber subscriber = new Subscriber();
        live.watch("front", Overlay.SCORES, viewer);
        live.subscribe(subscriber);
        CompletableFuture<LivePicture> snapshot = live.snapshot("front", Overlay.SCORES);
        live.close();
        assertTrue(viewer.ended);
        assertTrue(subscriber.ended);
        assertTrue(snapshot.isCancelled());
        publish("front");
        assertTrue(viewer.pictures.isEmpty());
    }

    private void publish(String camera) throws Exception {
        try (VideoFrame frame = clip.next()) {
            live.publish(camera, frame, Boxes.carAndPerson());
        }
    }

    private static final class Viewer implements PictureViewer {
        private final List<LivePicture> pictures = new ArrayList<>();
        private boolean ended;

        @Override
        public void show(LivePicture picture) {
            pictures.add(picture);
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private static final class Subscriber implements EventSubscriber {
        private final List<Buffer> messages = new ArrayList<>();
        private boolean ended;

        @Override
        public void receive(Buffer message) {
            messages.add(message);
        }

        @Override
        public void end() {
            ended = true;
        }
    }
}
