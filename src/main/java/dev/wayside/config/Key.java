package dev.wayside.config;

import java.util.Locale;

/**
 * A setting, declared once: the defaults, the checks, the tables of docs/configuration.md and {@code ./wayside settings}
 * come from here.
 *
 * @param <T> what its value becomes
 * @param name with dots and dashes, as in {@code camera.stall-timeout}
 * @param type what the value may be
 * @param standard the default, as a user would write it
 * @param meaning one sentence in Markdown, without a capital and a full stop
 * @param secret whether the value must never be shown, nor given where other users of the machine can read it
 * @param changeable whether a new value takes effect while Wayside runs
 */
public record Key<T>(String name, Type<T> type, String standard, String meaning, boolean secret, boolean changeable) {
    static final String ENVIRONMENT_PREFIX = "WAYSIDE_";

    static <T> Key<T> of(String name, Type<T> type, String standard, String meaning) {
        return new Key<>(name, type, standard, meaning, false, false);
    }

    static Key<String> secret(String name, String meaning) {
        return new Key<>(name, Type.line(), "", meaning, true, false);
    }

    /** The same under another name. */
    Key<T> named(String other) {
        return new Key<>(other, type, standard, meaning, secret, changeable);
    }

    /** The environment variable that sets it: {@code camera.url} is {@code WAYSIDE_CAMERA_URL}. */
    String environmentName() {
        return environmentName(name);
    }

    static String environmentName(String key) {
        return ENVIRONMENT_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}
