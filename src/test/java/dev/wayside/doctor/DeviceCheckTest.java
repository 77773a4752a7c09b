package dev.wayside.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.camera.PiCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceCheckTest {
    @TempDir
    Path system;

    @Test
    void aMachineWithoutCamerasHasNothingToReport() throws Exception {
        assertEquals(List.of(), run());
    }

    @Test
    void aRaspberryPisCameraIsListedAsItIsConfigured() throws Exception {
        sensor();
        PiCamera.install(system, "rpicam-hello", "rpicam-hello");
        Files.writeString(
                system.resolve("list"),
                "0 : imx219 [3280x2464 10-bit RGGB] (/base/soc)\n    Modes: 'X' : 640x480 [206.65 fps - (1000, 752)/1280x960"
                        + " crop]\n");
        assertEquals(
                List.of("ok rpicam:0?size=640x480&fps=10 imx219, 3280x2464; modes: 640x480 at 206 frames/s"), run());
    }

    @Test
    void theMissingProgramOfARaspberryPisCameraIsNamed() throws Exception {
        sensor();
        assertEquals(
                List.of("warning raspberry pi camera rpicam-vid is not installed: on a Raspberry Pi run: sudo apt-get"
                        + " install rpicam-apps"),
                run());
    }

    private void sensor() throws IOException {
        Path node = Files.createDirectories(system.resolve("sys/class/video4linux/video0"));
        Files.writeString(node.resolve("name"), "unicam-image\n");
        Files.writeString(node.resolve("index"), "0\n");
    }

    private List<String> run() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        new DeviceCheck(system, system.toString())
                .run(new Findings(each -> found.add(each.state() + " " + each.check() + " " + each.message())));
        return found;
    }
}
