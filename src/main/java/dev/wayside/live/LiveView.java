package dev.wayside.live;

import ai.djl.modality.cv.output.DetectedObjects;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.frame.VideoFrame;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connects the pipeline with its viewers. The pipeline publishes every analysed frame and every event. A frame is drawn
 * and encoded once for all viewers of its camera who have chosen the same overlay, and not at all if there are none.
 *
 * <p>Thread-safe. A failing viewer or picture never throws into the pipeline: events come first.
 */
public final class LiveView implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, CameraView> cameras;
    private final Map<String, Buffer> lastEvents = new LinkedHashMap<>();
    private final Set<EventSubscriber> subscribers = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /**
     * Creates a view without viewers.
     *
     * @param cameras the cameras' names; the first one is the default; may be empty
     * @param jpegQuality of the pictures, 1 to 100
     * @throws IllegalArgumentException if the quality is outside 1 to 100
     */
    public LiveView(List<String> cameras, int jpegQuality) {
        Map<String, CameraView> views = new LinkedHashMap<>();
        cameras.forEach(name -> views.put(name, new CameraView(name, new Annotator(jpegQuality))));
        this.cameras = Collections.unmodifiableMap(views);
    }

    /** The cameras' names, in the order of the configuration. */
    public List<String> cameras() {
        return List.copyOf(cameras.keySet());
    }

    /** Whether anybody watches the camera's stream or waits for its snapshot. */
    boolean watched(String camera) {
        return view(camera).watched();
    }

    /** How many streams of the camera are being watched. */
    public int viewers(String camera) {
        return view(camera).viewers();
    }

    /** How many pictures of the camera were drawn and encoded since the start; rises only while somebody watches. */
    long pictures(String camera) {
        return view(camera).pictures();
    }

    /**
     * Publishes an analysed frame; draws it only if the camera has viewers.
     *
     * @param camera the camera's name
     * @param frame the picture; the caller keeps ownership and closes it
     * @param detections the objects in it
     * @throws IllegalArgumentException if there is no such camera
     */
    public void publish(String camera, VideoFrame frame, DetectedObjects detections) {
        view(camera).publish(frame, detections);
    }

    /**
     * Publishes a detection event, in its nested form, to all subscribers.
     *
     * @param camera the camera's name
     * @param event the event; must be serialisable as JSON
     * @throws IllegalArgumentException if there is no such camera or the event is not serialisable
     */
    public void event(String camera, Map<String, Object> event) {
        view(camera);
        Buffer message = message(event);
        synchronized (lastEvents) {
            lastEvents.put(camera, message);
            subscribers.forEach(subscriber -> subscriber.receive(message));
        }
    }

    /** Adds a viewer and shows it the newest frame at once; may take as long as encoding one picture. */
    void watch(String camera, Overlay overlay, PictureViewer viewer) {
        prepare(camera);
        view(camera).add(overlay, viewer);
    }

    /** Loads what drawing needs, which is slow the first time; {@link #watch} does it too. */
    void prepare(String camera) {
        view(camera).prepare();
    }

    void leave(String camera, PictureViewer viewer) {
        view(camera).remove(viewer);
    }

    CompletableFuture<LivePicture> snapshot(String camera, Overlay overlay) {
        return view(camera).next(overlay);
    }

    /** Adds a subscriber and sends it the last event of each camera at once. */
    void subscribe(EventSubscriber subscriber) {
        synchronized (lastEvents) {
            if (closed) {
                subscriber.end();
                return;
            }
            subscribers.add(subscriber);
            lastEvents.values().forEach(subscriber::receive);
        }
    }

    void unsubscribe(EventSubscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** Ends all streams and frees the pictures; anything published afterwards is dropped. */
    @Override
    public void close() {
        synchronized (lastEvents) {
            closed = true;
            subscribers.forEach(EventSubscriber::end);
            subscribers.clear();
        }
        cameras.values().forEach(CameraView::close);
    }

    private CameraView view(String camera) {
        CameraView view = cameras.get(camera);
        if (view == null) {
            throw new IllegalArgumentException(
                    "there is no camera '" + camera + "'; the cameras are " + String.join(", ", cameras.keySet()));
        }
        return view;
    }

    private Buffer message(Map<String, Object> event) {
        try {
            // JSON has no raw line breaks, so a single data line is enough.
            String id = String.valueOf(event.get("id")).replaceAll("[\\r\\n\\x00]", " ");
            return Buffer.buffer("event: detection\nid: " + id + "\ndata: " + json.writeValueAsString(event) + "\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the event cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
