package dev.wayside.camera;

import dev.wayside.failure.InvalidInputException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The cameras of this device, by name, in the order they were configured. */
public final class Cameras implements AutoCloseable {
    private final Map<String, Camera> byName = new LinkedHashMap<>();

    /**
     * Makes the cameras; none is started yet.
     *
     * @param settings one entry per camera, at least one
     * @throws InvalidInputException if there is none, or two have the same name
     */
    public Cameras(List<CameraSettings> settings) {
        if (settings.isEmpty()) {
            throw new InvalidInputException("no camera is configured: set camera.url, for example to sample");
        }
        for (CameraSettings one : settings) {
            if (byName.put(one.name(), new Camera(one)) != null) {
                throw new InvalidInputException("two cameras have the name " + one.name() + ": give each its own");
            }
        }
    }

    /** Starts all cameras in the background; returns at once. */
    public void start() {
        byName.values().forEach(Camera::start);
    }

    /**
     * The camera with this name.
     *
     * @throws InvalidInputException if there is no such camera; the message lists the existing ones
     */
    public Camera get(String name) {
        Camera camera = byName.get(name);
        if (camera == null) {
            throw new InvalidInputException(
                    "there is no camera '" + name + "'; the cameras are " + String.join(", ", byName.keySet()));
        }
        return camera;
    }

    /**
     * Changes how often pictures are requested from a camera that gives one picture per request.
     *
     * @param name the camera's name
     * @param period more than 0
     */
    public void setPeriod(String name, Duration period) {
        get(name).setPeriod(period);
    }

    /** All cameras, in the order they were configured. */
    public Collection<Camera> all() {
        return List.copyOf(byName.values());
    }

    /** Closes all cameras in parallel. */
    @Override
    public void close() {
        CompletableFuture<?>[] closing = byName.values().stream()
                .map(camera ->
                        CompletableFuture.runAsync(camera::close, task -> new Thread(task, "camera-close").start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(closing).join();
    }
}
