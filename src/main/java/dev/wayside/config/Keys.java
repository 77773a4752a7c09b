package dev.wayside.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key that Wayside itself knows; {@code wayside-defaults.properties} has their defaults and what they mean. */
final class Keys {
    private static final Rule CAMERA_URL = new Rule(
            "sample, a file, /dev/videoN, v4l2:/dev/videoN, rtsp://…, http://… or images:DIRECTORY",
            value -> !value.isBlank());
    private static final Rule SECONDS_TO_HOUR = Rule.duration(Duration.ofSeconds(1), Duration.ofHours(1));

    /** Keys that may also be set for one camera, as {@code camera.<name>.<rest>}. */
    private static final Map<String, Rule> PER_CAMERA = Map.of(
            "url", CAMERA_URL,
            "period", Rule.duration(Duration.ofMillis(20), Duration.ofDays(1)).or("auto"),
            "stall-timeout", SECONDS_TO_HOUR,
            "retry-min", SECONDS_TO_HOUR,
            "retry-max", SECONDS_TO_HOUR);

    private static final Rule START = Rule.oneOf("newest", "oldest");
    private static final Rule LATE_AFTER = Rule.duration(Duration.ofSeconds(1), Duration.ofDays(3650));

    private static final Map<String, Key> KNOWN = Stream.concat(
                    PER_CAMERA.entrySet().stream().map(e -> Key.of("camera." + e.getKey(), e.getValue())),
                    Stream.of(
                            Key.of("device", Rule.name().or("auto")),
                            Key.of("cameras", Rule.names()),
                            Key.of("model.path", Rule.text()),
                            Key.of("detect.threads", Rule.whole(1, 64).or("auto")),
                            Key.of("detect.xnnpack", Rule.bool()),
                            Key.of("detect.score", Rule.decimal(0.01, 1).or("model")),
                            Key.of("detect.labels", Rule.labels()),
                            Key.of("detect.max-objects", Rule.whole(0, 1000)),
                            Key.of("flatten.separator", Rule.oneOf("_", ".", "-", "__")),
                            Key.of("journal.path", Rule.text()),
                            Key.of("journal.max-size", Rule.size(1L << 20, 1L << 40)),
                            Key.of("journal.max-age", Rule.duration(Duration.ofMinutes(1), Duration.ofDays(3650))),
                            Key.of("mqtt.enabled", Rule.bool()),
                            Key.of("mqtt.batch-size", Rule.whole(1, 10_000)),
                            Key.of("mqtt.start", START),
                            Key.of("mqtt.late-after", LATE_AFTER),
                            Key.of(
                                    "mqtt.url",
                                    Rule.uri("tcp", "ssl", "ws", "wss").or("embedded")),
                            Key.of("mqtt.username", Rule.anyText()),
                            Key.secret("mqtt.password"),
                            Key.of("mqtt.password-file", Rule.anyText()),
                            Key.of("mqtt.client-id", Rule.text().or("auto")),
                            Key.of("mqtt.qos", Rule.eventQos()),
                            Key.of("mqtt.keep-alive", Rule.duration(Duration.ofSeconds(5), Duration.ofHours(1))),
                            Key.of(
                                    "mqtt.message-expiry",
                                    Rule.duration(Duration.ofSeconds(1), Duration.ofDays(3650))
                                            .or("never")),
                            Key.of(
                                    "mqtt.max-message-size",
                                    Rule.size(1L << 10, 256L << 20).or("any")),
                            Key.of("mqtt.topic-prefix", Rule.topic()),
                            Key.of("mqtt.smarter-prefix", Rule.topic().orEmpty()),
                            Key.of("mqtt.ca-file", Rule.anyText()),
                            Key.of("mqtt.certificate-file", Rule.anyText()),
                            Key.of("mqtt.key-file", Rule.anyText()),
                            Key.of("aws-iot.enabled", Rule.bool()),
                            Key.of("aws-iot.batch-size", Rule.whole(1, 10_000)),
                            Key.of("aws-iot.start", START),
                            Key.of("aws-iot.late-after", LATE_AFTER),
                            Key.of("aws-iot.endpoint", Rule.hostName().orEmpty()),
                            Key.of("aws-iot.port", Rule.whole(1, 65535)),
                            Key.of("aws-iot.thing", Rule.thing().or("auto")),
                            Key.of("aws-iot.topic", Rule.awsTopic()),
                            Key.of("aws-iot.certificate-file", Rule.anyText()),
                            Key.of("aws-iot.key-file", Rule.anyText()),
                            Key.of("aws-iot.ca-file", Rule.anyText()),
                            Key.of("influxdb.enabled", Rule.bool()),
                            Key.of("influxdb.batch-size", Rule.whole(1, 10_000)),
                            Key.of("influxdb.start", START),
                            Key.of("influxdb.late-after", LATE_AFTER),
                            Key.of("influxdb.url", Rule.uri("http", "https")),
                            Key.of("influxdb.database", Rule.text()),
                            Key.of("influxdb.retention-policy", Rule.text()),
                            Key.of("influxdb.retention", Rule.text()),
                            Key.of("influxdb.create", Rule.bool()),
                            Key.of("influxdb.username", Rule.anyText()),
                            Key.secret("influxdb.password"),
                            Key.of("influxdb.password-file", Rule.anyText()),
                            Key.of("influxdb.ca-file", Rule.anyText()),
                            Key.of("elasticsearch.enabled", Rule.bool()),
                            Key.of("elasticsearch.batch-size", Rule.whole(1, 10_000)),
                            Key.of("elasticsearch.start", START),
                            Key.of("elasticsearch.late-after", LATE_AFTER),
                            Key.of("elasticsearch.url", Rule.uri("http", "https")),
                            Key.of("elasticsearch.index", Rule.indexName()),
                            Key.of("elasticsearch.install-template", Rule.bool()),
                            Key.secret("elasticsearch.api-key"),
                            Key.of("elasticsearch.api-key-file", Rule.anyText()),
                            Key.of("elasticsearch.username", Rule.anyText()),
                            Key.secret("elasticsearch.password"),
                            Key.of("elasticsearch.password-file", Rule.anyText()),
                            Key.of("elasticsearch.ca-file", Rule.anyText()),
                            Key.of("elasticsearch.compress", Rule.bool()),
                            Key.of("http.host", Rule.text()),
                            Key.of("http.port", Rule.whole(1, 65535)),
                            Key.of("live.jpeg-quality", Rule.whole(1, 100)),
                            Key.of("routes.path", Rule.text()),
                            Key.of("routes.reload", Rule.bool()),
                            Key.of("kamelets.path", Rule.text()),
                            Key.of("log.level", Rule.oneOf("error", "warn", "info", "debug", "trace")),
                            Key.of("log.format", Rule.oneOf("text", "json"))))
            .collect(Collectors.toMap(Key::name, key -> key, (a, b) -> a, LinkedHashMap::new));

    private Keys() {}

    static Map<String, Key> known() {
        return KNOWN;
    }

    /** The key of that name, for one camera's keys too; empty when Wayside knows none. */
    static Optional<Key> find(String name, List<String> cameras) {
        Key key = KNOWN.get(name);
        if (key != null) {
            return Optional.of(key);
        }
        for (String camera : cameras) {
            String prefix = "camera." + camera + ".";
            if (name.startsWith(prefix) && PER_CAMERA.containsKey(name.substring(prefix.length()))) {
                return Optional.of(Key.of(name, PER_CAMERA.get(name.substring(prefix.length()))));
            }
        }
        return Optional.empty();
    }

    /** The keys that every sink has, a user's own too. */
    static List<Key> ofSink(String sink) {
        return List.of(Key.of(sink + ".start", START), Key.of(sink + ".late-after", LATE_AFTER));
    }

    /** All names that could be meant, with the per-camera ones. */
    static Stream<String> names(List<String> cameras) {
        return Stream.concat(KNOWN.keySet().stream(), cameras.stream().flatMap(camera -> PER_CAMERA.keySet().stream()
                .map(rest -> "camera." + camera + "." + rest)));
    }
}
