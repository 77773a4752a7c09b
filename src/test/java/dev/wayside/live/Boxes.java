package dev.wayside.live;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Known detections for the pictures of these tests. */
final class Boxes {
    private final List<String> labels = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private final List<BoundingBox> shapes = new ArrayList<>();

    /** A car on the left and a person on the right, as fractions of the picture's size. */
    static DetectedObjects carAndPerson() {
        return new Boxes()
                .with("car", 0.87, 0.10, 0.30, 0.30, 0.25)
                .with("person", 0.66, 0.60, 0.40, 0.10, 0.35)
                .detected();
    }

    static Map<String, Object> carAndPersonEvent(String camera, long sequence) {
        return Map.of(
                "schema",
                "wayside.event/1",
                "id",
                "pi-01/" + camera + "/" + sequence,
                "device",
                "pi-01",
                "camera",
                camera,
                "time",
                Instant.now().minusMillis(40).toString(),
                "sequence",
                sequence,
                "frame",
                Map.of("width", 640, "height", 480),
                "inference_ms",
                15.2,
                "count",
                Map.of("car", 1, "person", 1),
                "objects",
                List.of());
    }

    Boxes with(String label, double score, double x, double y, double width, double height) {
        labels.add(label);
        scores.add(score);
        shapes.add(new Rectangle(x, y, width, height));
        return this;
    }

    DetectedObjects detected() {
        return new DetectedObjects(labels, scores, shapes);
    }
}
