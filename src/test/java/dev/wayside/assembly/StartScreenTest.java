package dev.wayside.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartScreenTest {
    private static final Map<String, Object> RUNNING = Map.of(
            "version",
            "0.1.0",
            "cameras",
            List.of(Map.of("name", "front", "state", "running", "width", 640, "height", 480, "url", "sample")),
            "detector",
            Map.of("model", "ssdlite", "threads", 4),
            "mqtt",
            Map.of("url", "tcp://127.0.0.1:1883", "state", "connected"),
            "sinks",
            List.of(Map.of("name", "mqtt", "state", "idle", "backlog", 0L)));

    private static final Map<String, Object> FAILING = Map.of(
            "version",
            "0.1.0",
            "cameras",
            List.of(Map.of(
                    "name", "front", "state", "failed", "reason", "no camera at /dev/video0", "url", "/dev/video0")),
            "mqtt",
            Map.of("url", "tcp://127.0.0.1:1884", "state", "disconnected", "reason", "not connected yet"),
            "sinks",
            List.of(
                    Map.of("name", "influxdb", "state", "failing", "backlog", 12L, "reason", "it is away"),
                    Map.of("name", "mqtt", "state", "idle", "backlog", 1L),
                    Map.of("name", "to-file", "state", "works", "backlog", 0L)));

    @Test
    void everythingThatWorksIsSaidOnce() {
        StartScreen screen = screen(RUNNING, Optional.empty());
        assertTrue(screen.isComplete());
        assertEquals(
                List.of(
                        "Wayside 0.1.0 on Java " + Runtime.version(),
                        "  camera front         640x480 from sample",
                        "  model                ssdlite, 4 threads, counts car, person",
                        "  sink mqtt            embedded broker on tcp://127.0.0.1:1883, connected",
                        "  sinks off            influxdb, elasticsearch, aws-iot",
                        "Wayside runs as pi-01: http://127.0.0.1:8080/"),
                screen.lines());
    }

    @Test
    void whatDoesNotWorkIsSaidWithTheReason() {
        StartScreen screen = screen(FAILING, Optional.of("The password is in FILE."), "influxdb.enabled=true");
        assertFalse(screen.isComplete());
        assertEquals(
                List.of(
                        "  camera front         no camera at /dev/video0, from /dev/video0",
                        "  sink influxdb        http://localhost:8086, it is away; 12 events wait",
                        "  sink mqtt            embedded broker on tcp://127.0.0.1:1884, since port 1883 is taken,"
                                + " not connected yet",
                        "  sink to-file         works",
                        "  sinks off            elasticsearch, aws-iot",
                        "Wayside runs as pi-01: http://127.0.0.1:8080/",
                        "The password is in FILE."),
                screen.lines().subList(1, 8));
    }

    private static StartScreen screen(Map<String, Object> status, Optional<String> hint, String... settings) {
        Home home = new Home(Path.of("").toAbsolutePath(), Path.of("").toAbsolutePath());
        Settings all = SettingsLoader.load(home, List.of(settings), Map.of());
        return new StartScreen(all, "pi-01", "http://127.0.0.1:8080/", () -> status, () -> hint);
    }
}
