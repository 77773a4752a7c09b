package dev.wayside.event;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.wayside.detect.AnalysedFrame;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates events in the format {@code wayside.event/1} from detections. An event is a map of plain values, so a route
 * can read its parts: <code>${body[count][car]}</code>. Thread-safe.
 */
public final class DetectionEvents {
    /** The name of the event format: {@code schema} in every event. */
    private static final String SCHEMA = "wayside.event/1";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Version 7 of RFC 9562: ids sort by time, and within one millisecond by the order they were made in. */
    private final TimeBasedEpochGenerator uuids = Generators.timeBasedEpochGenerator();

    private final String device;
    private final String model;
    private volatile Choice choice;

    /**
     * @param device this device's name
     * @param model the model's name
     * @param labels the labels to count and list; each is always counted, zero included
     * @param maxObjects the maximum number of objects in the list; the counts include all objects
     */
    public DetectionEvents(String device, String model, List<String> labels, int maxObjects) {
        this.device = device;
        this.model = model;
        choose(labels, maxObjects);
    }

    /**
     * Changes what is counted and listed, from the next event on.
     *
     * @param labels the labels to count and list; each is always counted, zero included
     * @param maxObjects the maximum number of objects in the list; the counts include all objects
     */
    public void choose(List<String> labels, int maxObjects) {
        choice = new Choice(List.copyOf(labels), maxObjects);
    }

    private record Choice(List<String> labels, int maxObjects) {}

    /**
     * Creates the event for one frame.
     *
     * @param camera the camera's name
     * @param sequence the event's number within its camera, rising
     * @param analysed the frame, still open, and its detections
     * @return a new map that belongs to the caller
     */
    public Map<String, Object> event(String camera, long sequence, AnalysedFrame analysed) {
        Choice now = choice;
        List<DetectedObject> wanted = wanted(analysed.detections(), now.labels);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("schema", SCHEMA);
        event.put("id", device + "/" + camera + "/" + uuids.generate());
        event.put("device", device);
        event.put("camera", camera);
        event.put("time", TIME.format(analysed.frame().time()));
        event.put("sequence", sequence);
        event.put("model", model);
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("width", analysed.frame().width());
        frame.put("height", analysed.frame().height());
        event.put("frame", frame);
        event.put("inference_ms", round(analysed.inferenceMillis(), 10));
        event.put("count", count(wanted, now.labels));
        event.put("objects", objects(wanted, now.maxObjects));
        if (wanted.size() > now.maxObjects) {
            event.put("objects_dropped", wanted.size() - now.maxObjects);
        }
        return event;
    }

    private static List<DetectedObject> wanted(DetectedObjects detections, List<String> labels) {
        List<DetectedObject> wanted = new ArrayList<>();
        for (int i = 0; i < detections.getNumberOfObjects(); i++) {
            DetectedObject object = detections.item(i);
            if (labels.contains(object.getClassName())) {
                wanted.add(object);
            }
        }
        wanted.sort(Comparator.comparingDouble(DetectedObject::getProbability).reversed());
        return wanted;
    }

    private static Map<String, Object> count(List<DetectedObject> wanted, List<String> labels) {
        Map<String, Object> count = new LinkedHashMap<>();
        labels.forEach(label -> count.put(label, 0));
        wanted.forEach(object -> count.merge(object.getClassName(), 1, (a, b) -> (int) a + (int) b));
        return count;
    }

    private static List<Map<String, Object>> objects(List<DetectedObject> wanted, int maxObjects) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (DetectedObject found : wanted.subList(0, Math.min(maxObjects, wanted.size()))) {
            Rectangle bounds = found.getBoundingBox().getBounds();
            Map<String, Object> box = new LinkedHashMap<>();
            box.put("x", round(bounds.getX(), 10_000));
            box.put("y", round(bounds.getY(), 10_000));
            box.put("width", round(bounds.getWidth(), 10_000));
            box.put("height", round(bounds.getHeight(), 10_000));
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("label", found.getClassName());
            object.put("score", round(found.getProbability(), 1_000));
            object.put("box", box);
            objects.add(object);
        }
        return objects;
    }

    /** Rounds, because meaningless digits cost bytes in every message. */
    private static double round(double value, int steps) {
        return Math.round(value * steps) / (double) steps;
    }
}
