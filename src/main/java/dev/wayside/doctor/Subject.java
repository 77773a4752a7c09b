package dev.wayside.doctor;

import dev.wayside.camera.CameraSettings;
import dev.wayside.config.Home;
import dev.wayside.config.JournalKeys;
import dev.wayside.config.Settings;
import dev.wayside.detect.Detector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * The set-up to check.
 *
 * @param home Wayside's folder and the working directory
 * @param settings all of them
 * @param device this device's name
 * @param clientId the client id of the connection to the MQTT broker, which the checks never use
 * @param thing the client id of the connection to AWS IoT
 * @param cameras the cameras
 * @param detector opens the detector; throws an {@code InvalidInputException} if the model is unusable
 * @param clock this machine's clock
 */
public record Subject(
        Home home,
        Settings settings,
        String device,
        String clientId,
        String thing,
        List<CameraSettings> cameras,
        Supplier<Detector> detector,
        Clock clock) {

    /** The journal's file. */
    Path journal() {
        return home.workingDirectory()
                .resolve(settings.get(JournalKeys.PATH))
                .toAbsolutePath()
                .normalize();
    }
}
