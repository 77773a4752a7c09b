package dev.wayside.camera;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.WaysideProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of Wayside with a Raspberry Pi's camera, whose program is found in the {@code PATH} and is only a stand-in. */
class RpicamIT {
    @TempDir
    Path folder;

    @TempDir
    Path directory;

    private PiCamera camera;

    @BeforeEach
    void install() {
        camera = new PiCamera(folder);
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH",
                folder + ":" + System.getenv("PATH"),
                "WAYSIDE_MQTT_PASSWORD",
                "hunter2",
                "OPT_OUT_TRACKING",
                "true");
    }

    private WaysideProcess run(String stallTimeout) {
        return WaysideProcess.run(
                        directory,
                        environment(),
                        "cameras=works,dies,silent",
                        "camera.works.url=rpicam:" + PiCamera.WORKS + "?fps=20",
                        "camera.dies.url=rpicam:" + PiCamera.DIES,
                        "camera.silent.url=rpicam:" + PiCamera.SILENT,
                        "camera.silent.stall-timeout=" + stallTimeout,
                        "camera.retry-min=1s",
                        "mqtt.enabled=false")
                .awaitStarted();
    }

    private boolean runs() {
        return camera.runs(PiCamera.WORKS) || camera.runs(PiCamera.DIES) || camera.runs(PiCamera.SILENT);
    }

    @Test
    void picturesArriveAndAProgramThatDiesIsStartedAgainUntilWaysideStops() {
        try (WaysideProcess wayside = run("1s")) {
            await().atMost(TestCamera.PATIENCE)
                    .until(() -> wayside.status().at("/cameras/1/reconnects").asInt() >= 1);
            await().atMost(TestCamera.PATIENCE)
                    .until(() -> wayside.status().at("/cameras/0/frames").asInt() >= 20);
            assertEquals("running", wayside.status().at("/cameras/0/state").asText());
            assertEquals(0, wayside.status().at("/cameras/0/reconnects").asInt());
            assertTrue(wayside.log().contains("640x480 from rpicam:0?fps=20"), wayside.log());
            assertTrue(
                    wayside.log()
                            .contains(
                                    "camera dies: rpicam-vid ended with exit code 134: terminate called after throwing"),
                    wayside.log());
            await().atMost(TestCamera.PATIENCE).until(() -> wayside.log()
                    .contains(
                            "camera silent: stalled: no new picture from rpicam:5 for 1 s: the sensor sends nothing"));
            assertEquals(1, camera.pids(PiCamera.WORKS).size());
            assertFalse(camera.environment().toString().contains("hunter2"));
            wayside.process().destroy();
            assertEquals(0, wayside.awaitExit(), wayside.log());
            assertFalse(runs(), "nothing is left running");
        }
    }

    @Test
    void theProgramEndsAlsoIfWaysideIsKilled() {
        try (WaysideProcess wayside = run("1h")) {
            await().atMost(TestCamera.PATIENCE)
                    .until(() -> wayside.status().at("/cameras/0/frames").asInt() >= 3);
            await().atMost(TestCamera.PATIENCE).until(() -> camera.runs(PiCamera.SILENT));
            wayside.process().destroyForcibly();
            wayside.awaitExit();
            await().atMost(TestCamera.PATIENCE).until(() -> !runs());
        }
    }
}
