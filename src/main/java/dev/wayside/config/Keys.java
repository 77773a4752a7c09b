package dev.wayside.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key that Wayside declares, by group. */
public final class Keys {
    private static final List<KeyGroup> GROUPS = List.of(
            CameraKeys.GROUP,
            DetectKeys.GROUP,
            JournalKeys.GROUP,
            MqttKeys.GROUP,
            AwsIotKeys.GROUP,
            InfluxKeys.GROUP,
            ElasticsearchKeys.GROUP,
            IngestKeys.GROUP,
            PageKeys.GROUP,
            RouteKeys.GROUP,
            LogKeys.GROUP);

    private static final Map<String, Key<?>> KNOWN = GROUPS.stream()
            .flatMap(group -> group.keys().stream())
            .collect(Collectors.toMap(
                    Key::name,
                    key -> key,
                    (one, other) -> {
                        throw new IllegalStateException(one + " is declared twice");
                    },
                    LinkedHashMap::new));

    private Keys() {}

    /** The groups, in the order of docs/configuration.md. */
    public static List<KeyGroup> groups() {
        return GROUPS;
    }

    static Map<String, Key<?>> known() {
        return KNOWN;
    }

    /** The declared key of that name, including keys of single cameras; empty if there is none. */
    static Optional<Key<?>> find(String name, List<String> cameras) {
        Key<?> known = KNOWN.get(name);
        return known != null
                ? Optional.of(known)
                : ofCameras(cameras).filter(key -> key.name().equals(name)).findFirst();
    }

    /** The names of all declared keys, including those of single cameras. */
    static Stream<String> names(List<String> cameras) {
        return Stream.concat(KNOWN.keySet().stream(), ofCameras(cameras).map(Key::name));
    }

    private static Stream<Key<?>> ofCameras(List<String> cameras) {
        return cameras.stream()
                .flatMap(camera -> CameraKeys.PER_CAMERA.stream().map(key -> CameraKeys.of(camera, key)));
    }
}
