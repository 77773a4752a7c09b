package dev.wayside.assembly;

import dev.wayside.config.AwsIotKeys;
import dev.wayside.config.CommaList;
import dev.wayside.config.DetectKeys;
import dev.wayside.config.ElasticsearchKeys;
import dev.wayside.config.InfluxKeys;
import dev.wayside.config.Key;
import dev.wayside.config.MqttKeys;
import dev.wayside.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a user sees at the start: the version, the cameras, the model, the sinks, and where the page is.
 *
 * @param settings all of them
 * @param device this device's name
 * @param page the address of the page
 * @param status supplies the status of all parts
 * @param passwordHint says how to log in to the page; empty if there is nothing to say
 */
record StartScreen(
        Settings settings,
        String device,
        String page,
        Supplier<Map<String, Object>> status,
        Supplier<Optional<String>> passwordHint) {
    private static final String USUAL_PORT = ":1883";
    private static final Map<String, Key<Boolean>> SINKS = sinks();

    private static Map<String, Key<Boolean>> sinks() {
        Map<String, Key<Boolean>> sinks = new LinkedHashMap<>();
        sinks.put(MqttKeys.SINK, MqttKeys.ENABLED);
        sinks.put(InfluxKeys.SINK, InfluxKeys.ENABLED);
        sinks.put(ElasticsearchKeys.SINK, ElasticsearchKeys.ENABLED);
        sinks.put(AwsIotKeys.SINK, AwsIotKeys.ENABLED);
        return sinks;
    }

    /** Whether all cameras deliver pictures and all connections are made, so that the screen can say so. */
    boolean isComplete() {
        Map<String, Object> now = status.get();
        return Stream.concat(maps(now.get("cameras")), connections(now))
                .allMatch(part -> List.of("running", "connected").contains(part.get("state")));
    }

    /** The lines, the one with the page's address and that about the password last. */
    List<String> lines() {
        Map<String, Object> now = status.get();
        List<String> lines = new ArrayList<>();
        lines.add("Wayside " + now.get("version") + " on Java " + Runtime.version());
        maps(now.get("cameras")).forEach(camera -> lines.add(line("camera " + camera.get("name"), camera(camera))));
        maps(now.get("detector")).forEach(model -> lines.add(line("model", model(model))));
        maps(now.get("sinks")).forEach(sink -> lines.add(line("sink " + sink.get("name"), sink(sink, now))));
        List<String> off = SINKS.entrySet().stream()
                .filter(sink -> !settings.get(sink.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!off.isEmpty()) {
            lines.add(line("sinks off", String.join(", ", off)));
        }
        lines.add("Wayside runs as " + device + ": " + page);
        passwordHint.get().ifPresent(lines::add);
        return lines;
    }

    private static String line(String subject, String words) {
        return String.format(Locale.ROOT, "  %-20s %s", subject, words);
    }

    private static String camera(Map<?, ?> camera) {
        return camera.get("state").equals("running")
                ? camera.get("width") + "x" + camera.get("height") + " from " + camera.get("url")
                : Objects.requireNonNullElse(camera.get("reason"), camera.get("state")) + ", from " + camera.get("url");
    }

    private String model(Map<?, ?> model) {
        return model.get("model") + ", " + model.get("threads") + " threads, counts "
                + CommaList.join(settings.get(DetectKeys.LABELS));
    }

    private String sink(Map<?, ?> sink, Map<String, Object> now) {
        String name = String.valueOf(sink.get("name"));
        String words = server(name, now);
        Object reason = sink.get("reason");
        String state = reason == null ? "" : separated(words, String.valueOf(reason));
        long backlog = sink.get("backlog") instanceof Number number ? number.longValue() : 0;
        return words
                + (state.isEmpty() && words.isEmpty() ? sink.get("state") : state)
                + (backlog < 2 || state.contains("events wait") ? "" : "; " + backlog + " events wait");
    }

    private static String separated(String before, String after) {
        return before.isEmpty() ? after : ", " + after;
    }

    private String server(String sink, Map<String, Object> now) {
        return switch (sink) {
            case MqttKeys.SINK ->
                connection(now.get(MqttKeys.SINK), settings.get(MqttKeys.URL).isEmpty());
            case AwsIotKeys.SINK -> connection(now.get(AwsIotKeys.SINK), false);
            case InfluxKeys.SINK -> settings.get(InfluxKeys.URL).toString();
            case ElasticsearchKeys.SINK -> settings.get(ElasticsearchKeys.URL).toString();
            default -> "";
        };
    }

    private static String connection(Object connection, boolean embedded) {
        if (!(connection instanceof Map<?, ?> map)) {
            return "";
        }
        String url = String.valueOf(map.get("url"));
        String broker = embedded ? "embedded broker on " + url + otherPort(url) : url;
        return broker + ", " + Objects.requireNonNullElse(map.get("reason"), map.get("state"));
    }

    /** A subscriber that uses the usual port would wait in vain. */
    private static String otherPort(String url) {
        return url.endsWith(USUAL_PORT) ? "" : ", since port 1883 is taken";
    }

    private static Stream<Map<?, ?>> connections(Map<String, Object> now) {
        return Stream.of(MqttKeys.SINK, AwsIotKeys.SINK).flatMap(name -> maps(now.get(name)));
    }

    /** The maps in the status of a part, which is a list, one map, or missing. */
    private static Stream<Map<?, ?>> maps(Object status) {
        return status instanceof List<?> list
                ? list.stream().map(each -> (Map<?, ?>) each)
                : Stream.ofNullable((Map<?, ?>) status);
    }
}
