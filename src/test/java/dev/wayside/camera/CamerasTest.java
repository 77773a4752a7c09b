package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CamerasTest {
    private static final CameraUrl URL = CameraUrl.parse("rtsp://u:hunter2@cam/x", Path.of("/opt/wayside"));

    @Test
    void findsCamerasByName() {
        try (Cameras cameras = new Cameras(List.of(CameraSettings.of("front", URL), CameraSettings.of("yard", URL)))) {
            assertEquals("yard", cameras.get("yard").name());
            assertEquals(
                    List.of("front", "yard"),
                    cameras.all().stream().map(Camera::name).toList());
            Exception unknown = assertThrows(IllegalArgumentException.class, () -> cameras.get("back"));
            assertEquals("there is no camera 'back'; the cameras are front, yard", unknown.getMessage());
        }
    }

    @Test
    void refusesNoCameraAndTwoWithOneName() {
        assertThrows(IllegalArgumentException.class, () -> new Cameras(List.of()));
        CameraSettings front = CameraSettings.of("front", URL);
        assertThrows(IllegalArgumentException.class, () -> new Cameras(List.of(front, front)));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        Duration second = Duration.ofSeconds(1);
        Duration none = Duration.ZERO;
        assertThrows(
                IllegalArgumentException.class, () -> new CameraSettings("a b", URL, second, second, second, second));
        assertThrows(IllegalArgumentException.class, () -> new CameraSettings("", URL, second, second, second, second));
        assertThrows(IllegalArgumentException.class, () -> new CameraSettings("a", URL, second, none, second, second));
        assertThrows(IllegalArgumentException.class, () -> new CameraSettings("a", URL, second, second, none, second));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CameraSettings("a", URL, second, second, second, second.minusMillis(1)));
    }

    @Test
    void settingsShowNoSecret() {
        String shown = CameraSettings.of("front", URL).toString();
        assertTrue(shown.contains("***@cam") && !shown.contains("hunter2"), shown);
    }

    @Test
    void isStoppedBeforeTheStart() {
        try (Camera camera = new Camera(CameraSettings.of("front", URL))) {
            assertEquals(CameraStatus.State.STOPPED, camera.status().state());
            assertTrue(camera.takeNewest().isEmpty());
        }
    }
}
