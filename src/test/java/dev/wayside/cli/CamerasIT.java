package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.camera.PiCamera;
import dev.wayside.servers.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wayside cameras} in a network of its own, with real multicast, UDP and HTTP. */
class CamerasIT {
    private static final String NETWORK =
            "ip link set lo up multicast on && ip addr add 10.77.0.1/24 dev lo && ip addr add 10.77.0.2/24 dev lo"
                    + " && ip addr add 10.77.0.3/24 dev lo && ip route add 239.0.0.0/8 dev lo && exec \"$@\"";

    @TempDir
    Path directory;

    @Test
    void camerasOfThePiAndOfTheNetworkAreListedWithTheSettingToPaste() throws Exception {
        installRpicamHello();
        Path unshare = Programs.require("unshare", "util-linux");
        Programs.require("ip", "iproute2");
        if (run(unshare.toString(), "--net", "true") != 0) {
            Programs.missing("a network of its own needs root's rights");
        }
        Path printed = directory.resolve("printed");
        int code = run(
                printed,
                unshare.toString(),
                "--net",
                "sh",
                "-c",
                NETWORK,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CamerasNetwork.class.getName(),
                "lo",
                "10.77.0.1",
                "10.77.0.2",
                "10.77.0.3");
        String all = Files.readString(printed);
        assertEquals(0, code, all);
        assertFalse(all.contains("\u001b"), all);
        int split = all.indexOf("{\n");
        assertText(all.substring(0, split));
        assertJson(new ObjectMapper().readTree(all.substring(split)));
    }

    private static void assertText(String text) {
        assertTrue(
                text.contains(
                        """
                        Raspberry Pi camera 0: imx219, 3280x2464; modes: 640x480 at 206 frames/s
                            camera.url=rpicam:0?size=640x480&fps=10
                        """),
                text);
        assertTrue(
                text.contains(
                        """
                        Yard [31m M1065-L at 10.77.0.1: mainStream, H264 2560x1440
                            camera.url=rtsp://10.77.0.1:554/Streaming/Channels/101?transportmode=unicast&profile=1
                        """),
                text);
        assertTrue(
                text.contains(
                        """
                        Dahua IPC-1 at 10.77.0.2
                            camera.url=rtsp://user:password@10.77.0.2/
                            It does not tell the path of its stream without a login: put user, password and the path from \
                        its manual into the url.
                        """),
                text);
        assertFalse(text.contains("10.77.0.3"), text);
    }

    private static void assertJson(JsonNode json) {
        assertEquals(
                1,
                json.findValuesAsText("kind").stream().filter("rpicam"::equals).count(),
                json::toString);
        assertEquals(
                3,
                json.findValuesAsText("kind").stream().filter("onvif"::equals).count(),
                json::toString);
        assertTrue(json.findValuesAsText("url").contains("rtsp://10.77.0.1:554/102"), json::toString);
        assertEquals(0, json.get("notes").size(), json::toString);
    }

    private void installRpicamHello() throws IOException {
        PiCamera.install(directory, "rpicam-hello", "rpicam-hello");
        Files.writeString(
                directory.resolve("list"),
                """
                Available cameras
                -----------------
                0 : imx219 [3280x2464 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/imx219@10)
                    Modes: 'SRGGB10_CSI2P' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]
                """,
                StandardCharsets.UTF_8);
    }

    private int run(String... command) throws Exception {
        return run(directory.resolve("ignored"), command);
    }

    private int run(Path output, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", directory.toString(), (path, first) -> first + ":" + path);
        return builder.redirectOutput(output.toFile()).start().waitFor();
    }
}
