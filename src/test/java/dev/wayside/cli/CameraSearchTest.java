package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.camera.PiCamera;
import dev.wayside.process.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraSearchTest {
    @TempDir
    Path system;

    private CameraSearch search() throws IOException, InterruptedException {
        CameraSearch search = new CameraSearch(StatusLine.ofStandardError(), system.toString());
        search.ofThisMachine(system);
        return search;
    }

    @Test
    void aMachineWithoutCamerasHasNone() throws Exception {
        assertEquals(List.of(), search().cameras());
        assertEquals(List.of(), search().notes());
    }

    @Test
    void devicesAreListedWithTheirFormatsOrWhyTheyHaveNone() throws Exception {
        node("video96", "HD Webcam\u001b[31m");
        List<FoundCamera> cameras = search().cameras();
        assertEquals(1, cameras.size());
        String text = cameras.get(0).text();
        assertTrue(text.startsWith("HD Webcam [31m at /dev/video96: "), text);
        assertTrue(text.contains("no camera at /dev/video96") || text.contains("cannot be loaded"), text);
        assertTrue(text.endsWith("\n    camera.url=/dev/video96\n"), text);
    }

    @Test
    void aRaspberryPisCameraIsListedInPlaceOfItsSensor() throws Exception {
        node("video0", "rp1-cfe-csi2_ch0");
        assertEquals(List.of(), search().cameras());
        assertEquals(
                List.of(
                        "This Raspberry Pi has a camera connector, but rpicam-vid is not installed: on a Raspberry Pi run:"
                                + " sudo apt-get install rpicam-apps."),
                search().notes());
        PiCamera.install(system, "rpicam-hello", "rpicam-hello");
        Files.writeString(system.resolve("list"), "0 : imx708 [4608x2592 10-bit RGGB] (/base/x)\n");
        CameraSearch search = search();
        assertEquals(List.of(), search.notes());
        assertEquals(
                "Raspberry Pi camera 0: imx708, 4608x2592\n    camera.url=rpicam:0?size=640x480&fps=10\n",
                search.cameras().get(0).text());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, --timeout is -1; it must be from 0 to 60 seconds.",
        "61, --timeout is 61; it must be from 0 to 60 seconds.",
        "soon, Invalid value for option '--timeout'",
    })
    void aWrongTimeoutIsAMistakeOfTheUser(String timeout, String message) {
        StringWriter err = new StringWriter();
        assertEquals(
                2, Wayside.commandLine().setErr(new PrintWriter(err, true)).execute("cameras", "--timeout=" + timeout));
        assertTrue(err.toString().contains(message), err::toString);
    }

    private void node(String name, String device) throws IOException {
        Path node =
                Files.createDirectories(system.resolve("sys/class/video4linux").resolve(name));
        Files.writeString(node.resolve("name"), device + "\n");
        Files.writeString(node.resolve("index"), "0\n");
    }
}
