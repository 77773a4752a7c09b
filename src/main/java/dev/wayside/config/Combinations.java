package dev.wayside.config;

import java.util.List;

/** Checks values that are valid individually but not in combination. */
final class Combinations {
    private static final List<List<Key<String>>> AT_MOST_ONE = List.of(
            List.of(MqttKeys.PASSWORD, MqttKeys.PASSWORD_FILE),
            List.of(InfluxKeys.PASSWORD, InfluxKeys.PASSWORD_FILE),
            List.of(ElasticsearchKeys.PASSWORD, ElasticsearchKeys.PASSWORD_FILE),
            List.of(ElasticsearchKeys.API_KEY, ElasticsearchKeys.API_KEY_FILE));

    private static final List<List<Key<String>>> BOTH_OR_NEITHER = List.of(
            List.of(MqttKeys.CERTIFICATE_FILE, MqttKeys.KEY_FILE),
            List.of(AwsIotKeys.CERTIFICATE_FILE, AwsIotKeys.KEY_FILE),
            List.of(PageKeys.CERTIFICATE_FILE, PageKeys.KEY_FILE));

    private Combinations() {}

    static void check(Settings settings, Problems problems) {
        List<String> cameras = settings.get(CameraKeys.CAMERAS);
        for (List<Key<String>> pair : AT_MOST_ONE) {
            if (pair.stream().noneMatch(key -> settings.text(key).isEmpty())) {
                problems.add(pair.get(0) + " and " + pair.get(1) + " are both set; set one of them.");
            }
        }
        for (List<Key<String>> pair : BOTH_OR_NEITHER) {
            if (settings.text(pair.get(0)).isEmpty()
                    != settings.text(pair.get(1)).isEmpty()) {
                problems.add(pair.get(0) + " and " + pair.get(1) + " require each other; set both or neither.");
            }
        }
        for (String camera : cameras) {
            if (cameras.size() > 1 && settings.of(camera, CameraKeys.URL).equals(CameraKeys.URL)) {
                problems.add(CameraKeys.CAMERAS + " names " + camera + " in " + settings.origin(CameraKeys.CAMERAS)
                        + ", but " + CameraKeys.of(camera, CameraKeys.URL)
                        + " is not set; with several cameras, each needs a url of its own.");
            }
        }
        cameras.stream()
                .map(camera -> retries(settings, camera))
                .filter(problem -> !problem.isEmpty())
                .limit(1)
                .forEach(problems::add);
    }

    private static String retries(Settings settings, String camera) {
        if (settings.get(camera, CameraKeys.RETRY_MIN).compareTo(settings.get(camera, CameraKeys.RETRY_MAX)) <= 0) {
            return "";
        }
        return described(settings, camera, CameraKeys.RETRY_MIN) + " and "
                + described(settings, camera, CameraKeys.RETRY_MAX)
                + "; the first must not be longer than the second.";
    }

    private static String described(Settings settings, String camera, Key<?> common) {
        Key<?> key = settings.of(camera, common);
        return key + " is " + settings.text(key) + " in " + settings.origin(key);
    }
}
