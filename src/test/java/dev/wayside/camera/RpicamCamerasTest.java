package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wayside.camera.RpicamCameras.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpicamCamerasTest {
    /** As rpicam-apps 1.5 writes it. */
    private static final String TWO =
            """
            Available cameras
            -----------------
            0 : imx219 [3280x2464 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/imx219@10)
                Modes: 'SRGGB10_CSI2P' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]
                                         1640x1232 [41.85 fps - (0, 0)/3280x2464 crop]
                       'SRGGB8' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]
                                  3280x2464 [21.19 fps - (0, 0)/3280x2464 crop]

            1 : ov5647 [] (/base/soc/i2c0mux/i2c@0/ov5647@36)
                Modes: 'SGBRG10_CSI2P' : 1296x972 [46.34 fps - (0, 0)/2592x1944 crop]
            """;

    @TempDir
    Path folder;

    @Test
    void camerasAreListedWithTheModesOfTheirSensors() throws Exception {
        Files.writeString(folder.resolve("list"), TWO);
        PiCamera.install(folder, "rpicam-hello", "rpicam-hello");
        Listing listing = RpicamCameras.list(folder.toString());
        assertNull(listing.problem());
        assertEquals(
                List.of(
                        "imx219, 3280x2464; modes: 640x480 at 206 frames/s, 1640x1232 at 41 frames/s, 3280x2464 at 21"
                                + " frames/s",
                        "ov5647; modes: 1296x972 at 46 frames/s"),
                listing.cameras().stream()
                        .map(RpicamCameras.PiCamera::description)
                        .toList());
        assertEquals("rpicam:1?size=640x480&fps=10", listing.cameras().get(1).url());
    }

    @Test
    void aRaspberryPiWithoutACameraHasNone() {
        assertEquals(List.of(), RpicamCameras.parse("No cameras available!\n"));
    }

    @Test
    void aListThatIsDamagedOrHostileIsLeftOut() {
        assertEquals(List.of(), RpicamCameras.parse("0 : \u001b[31mred [1x1] (x)\n    Modes: 1x1 [2 fps"));
        assertEquals(List.of(), RpicamCameras.parse("\n9999999999 : a [1x1] (x)"));
    }

    @Test
    void aMissingProgramAndOneThatFailsAreNamed() throws Exception {
        assertEquals(
                "rpicam-vid is not installed: on a Raspberry Pi run: sudo apt-get install rpicam-apps",
                RpicamCameras.list(folder.toString()).problem());
        PiCamera.install(folder, "rpicam-hello", "libcamera-hello");
        assertEquals(
                "libcamera-hello --list-cameras failed: run it to see the reason",
                RpicamCameras.list(folder.toString()).problem());
    }
}
