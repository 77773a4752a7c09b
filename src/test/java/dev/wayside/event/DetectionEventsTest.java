package dev.wayside.event;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.detect.AnalysedFrame;
import dev.wayside.frame.VideoFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;

class DetectionEventsTest {
    private static final Instant TIME = Instant.parse("2026-11-23T10:15:30.123456Z");

    private final DetectionEvents events =
            new DetectionEvents("pi-01", "ssdlite-mobilenet-v2-coco", List.of("car", "person"), 3);
    private final FlatEvents flat = new FlatEvents("_");

    @Test
    void anEventMatchesItsSchemaNestedAndFlat() {
        Map<String, Object> event = event("car", "person", "car");
        EventSchemas.assertNestedEvent(event);
        EventSchemas.assertFlatEvent(flat.flatten(event));
        assertEquals("2026-11-23T10:15:30.123Z", event.get("time"));
        assertEquals(Map.of("width", 640, "height", 480), event.get("frame"));
        assertEquals(15.2, event.get("inference_ms"));
        assertEquals(Map.of("car", 2, "person", 1), event.get("count"));
    }

    @Test
    void countedLabelsAppearWithZeroAndOthersNotAtAll() {
        Map<String, Object> event = event("dog");
        EventSchemas.assertNestedEvent(event);
        assertEquals(Map.of("car", 0, "person", 0), event.get("count"));
        assertEquals(List.of(), event.get("objects"));
        assertEquals(0, flat.flatten(event).get("car_count"));
    }

    @Test
    void objectsBeyondTheMaximumAreDroppedWorstFirstButCounted() {
        Map<String, Object> event = event("car", "car", "car", "car", "person");
        EventSchemas.assertNestedEvent(event);
        assertEquals(2, event.get("objects_dropped"));
        assertEquals(Map.of("car", 4, "person", 1), event.get("count"));
        List<?> objects = (List<?>) event.get("objects");
        assertEquals(3, objects.size());
        assertEquals(0.9, ((Map<?, ?>) objects.get(0)).get("score"));
        assertEquals(2, flat.flatten(event).get("objects_dropped"));
    }

    @Test
    void idsAreUniqueAndSortByTime() {
        Set<String> ids = new HashSet<>();
        String previous = "";
        for (int i = 0; i < 10_000; i++) {
            String id = (String) event().get("id");
            assertTrue(id.startsWith("pi-01/front/") && id.compareTo(previous) > 0, id);
            assertTrue(ids.add(id));
            previous = id;
        }
    }

    @Test
    void anEventTooLargeForAwsIotLosesObjectsFromTheEndAndSaysHowMany() throws Exception {
        Map<String, Object> event = new LinkedHashMap<>(event());
        List<Map<String, Object>> objects = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            objects.add(Map.of(
                    "label", "car", "score", 0.5, "box", Map.of("x", 0.1, "y", 0.1, "width", 0.1, "height", 0.1)));
        }
        event.put("objects", objects);
        Map<String, Object> cut = flat.flatten(event);
        EventSchemas.assertFlatEvent(cut);
        int size = new ObjectMapper().writeValueAsBytes(cut).length;
        assertTrue(size <= FlatEvents.MAX_BYTES && size > FlatEvents.MAX_BYTES - 500, "size " + size);
        long kept = cut.keySet().stream().filter(key -> key.endsWith("_label")).count();
        assertEquals(4_000 - kept, ((Number) cut.get("objects_dropped")).longValue());
        assertTrue(cut.containsKey("objects_0_label"));
        assertFalse(cut.containsKey("objects_3999_label"));
    }

    @Test
    void anEventTooLargeWithoutItsObjectsIsRefused() {
        Map<String, Object> event = new LinkedHashMap<>(event());
        event.put("note", "ä".repeat(70_000));
        FlattenException e = assertThrows(FlattenException.class, () -> flat.flatten(event));
        assertTrue(e.getMessage().contains("131072"), e.getMessage());
    }

    private Map<String, Object> event(String... labels) {
        List<Double> scores = new ArrayList<>();
        List<BoundingBox> boxes = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            scores.add(0.9 - i * 0.1);
            boxes.add(new Rectangle(0.1, 0.2, 0.3, 0.4));
        }
        try (VideoFrame frame = frame()) {
            return events.event(
                    "front",
                    4711,
                    new AnalysedFrame(
                            frame, new DetectedObjects(List.of(labels), scores, boxes), Duration.ofNanos(15_240_000)));
        }
    }

    private static VideoFrame frame() {
        AVFrame picture = av_frame_alloc();
        try {
            picture.format(AV_PIX_FMT_YUV420P);
            picture.width(640);
            picture.height(480);
            assertEquals(0, av_frame_get_buffer(picture, 0));
            return VideoFrame.reference(picture, TIME, 4711);
        } finally {
            av_frame_free(picture);
        }
    }
}
