package dev.wayside.detect;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.util.List;

/** A detected object with its box in pixels of the sample clip. */
record Sighting(String label, double score, double left, double top, double width, double height) {
    static final int FRAME_WIDTH = 640;
    static final int FRAME_HEIGHT = 480;

    static List<Sighting> of(AnalysedFrame analysed) {
        DetectedObjects objects = analysed.detections();
        return objects.<DetectedObject>items().stream()
                .map(object -> {
                    Rectangle box = object.getBoundingBox().getBounds();
                    return new Sighting(
                            object.getClassName(),
                            object.getProbability(),
                            box.getX() * FRAME_WIDTH,
                            box.getY() * FRAME_HEIGHT,
                            box.getWidth() * FRAME_WIDTH,
                            box.getHeight() * FRAME_HEIGHT);
                })
                .toList();
    }

    /** Intersection over union. */
    double iou(Sighting other) {
        double across = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
        double down = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
        if (across <= 0 || down <= 0) {
            return 0;
        }
        return across * down / (width * height + other.width * other.height - across * down);
    }
}
