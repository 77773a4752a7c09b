package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoDevicesTest {
    /** As FFmpeg 8 writes it for a webcam. */
    private static final String LISTED =
            """
            [video4linux2,v4l2 @ 0x55d0] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 160x120
            [video4linux2,v4l2 @ 0x55d0] Compressed:       mjpeg :          Motion-JPEG : 640x480 1920x1080
            [video4linux2,v4l2 @ 0x55d0] Raw       :     yuv420p :     Planar YUV 4:2:0 : {32-2592, 2}x{32-1944, 2}
            """;

    @TempDir
    Path system;

    @Test
    void formatsAndSizesAreListed() {
        assertEquals(
                "yuyv422 640x480 160x120; mjpeg 640x480 1920x1080; yuv420p {32-2592, 2}x{32-1944, 2}",
                VideoDevices.parse(LISTED));
    }

    @Test
    void onlyTheNodesWithPicturesCount() throws IOException {
        node("video1", "HD Webcam: metadata", "1");
        node("video0", "HD Webcam", "0");
        node("v4l-subdev0", "imx219", "0");
        assertEquals(List.of(new VideoDevices.Device("/dev/video0", "HD Webcam")), VideoDevices.in(system));
    }

    @Test
    void aRaspberryPisOwnCameraIsRecognised() throws IOException {
        node("video0", "unicam-image", "0");
        node("video10", "bcm2835-codec-decode", "0");
        node("video13", "bcm2835-isp-output0", "0");
        node("video20", "pispbe-input", "0");
        node("video8", "USB 2.0 Camera: HD", "0");
        assertEquals(
                List.of(
                        new VideoDevices.Device("/dev/video0", "unicam-image"),
                        new VideoDevices.Device("/dev/video8", "USB 2.0 Camera: HD")),
                VideoDevices.in(system));
        assertTrue(VideoDevices.isOfPiCamera(system, "/dev/video0"));
        assertFalse(VideoDevices.isOfPiCamera(system, "/dev/video8"));
    }

    @Test
    void aMachineWithoutCamerasHasNone() throws IOException {
        assertEquals(List.of(), VideoDevices.in(system));
    }

    @Test
    void aDeviceThatIsGoneIsExplained() {
        String words = VideoDevices.formats("/dev/video96");
        assertTrue(words.contains("no camera at /dev/video96") || words.contains("cannot be loaded"), words);
    }

    private void node(String name, String device, String index) throws IOException {
        Path node =
                Files.createDirectories(system.resolve("sys/class/video4linux").resolve(name));
        Files.writeString(node.resolve("name"), device + "\n");
        Files.writeString(node.resolve("index"), index + "\n");
    }
}
