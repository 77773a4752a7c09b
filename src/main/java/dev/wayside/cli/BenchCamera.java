package dev.wayside.cli;

import dev.wayside.config.CameraKeys;
import dev.wayside.config.Settings;
import dev.wayside.failure.InvalidInputException;

/** The camera that a benchmark measures. */
final class BenchCamera {
    private BenchCamera() {}

    /**
     * The name of the first camera.
     *
     * @throws InvalidInputException if there is none
     */
    static String of(Settings settings) {
        return settings.get(CameraKeys.CAMERAS).stream()
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("This benchmark needs a camera, and cameras is 'none' in "
                        + settings.origin(CameraKeys.CAMERAS) + "; set it to a name, such as front."));
    }
}
