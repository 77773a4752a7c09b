package dev.wayside.live;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Statuses as the application reports them. */
final class Statuses {
    private Statuses() {}

    static Map<String, Object> running(String... cameras) {
        return Map.of(
                "device",
                "pi-01",
                "version",
                "0.1.0",
                "state",
                "running",
                "reasons",
                List.of(),
                "started",
                "2026-11-23T10:00:00.000Z",
                "cameras",
                Arrays.stream(cameras).map(Statuses::camera).toList(),
                "detector",
                Map.of(
                        "model",
                        "ssdlite-mobilenet-v2-coco",
                        "threads",
                        2,
                        "inference_ms",
                        15.2,
                        "labels",
                        List.of("car", "person")),
                "mqtt",
                Map.of("url", "tcp://127.0.0.1:1883", "state", "connected", "published", 123));
    }

    static Map<String, Object> brokerDown(String... cameras) {
        Map<String, Object> status = new TreeMap<>(running(cameras));
        String reason = "Connection refused by tcp://127.0.0.1:1883; trying again in 8 s";
        status.put("state", "degraded");
        status.put("reasons", List.of("mqtt: " + reason));
        status.put("mqtt", Map.of("url", "tcp://127.0.0.1:1883", "state", "connecting", "reason", reason));
        return status;
    }

    private static Map<String, Object> camera(String name) {
        return Map.of(
                "name",
                name,
                "url",
                "sample",
                "state",
                "running",
                "width",
                640,
                "height",
                480,
                "fps",
                10.0,
                "frames",
                123,
                "analysed_fps",
                5.0,
                "viewers",
                1);
    }
}
