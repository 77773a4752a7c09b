package dev.wayside.config;

import java.util.Locale;

/**
 * A setting, declared once: the defaults, the checks, the tables of docs/configuration.md and {@code ./wayside settings}
 * come from here.
 *
 * @param <T> the Java type of its value
 * @param name with dots and dashes, as in {@code camera.stall-timeout}
 * @param type the allowed values
 * @param defaultValue the default, as a user would write it
 * @param meaning a description in Markdown, without an initial capital and without a full stop at the end
 * @param secret whether the value must never be shown, nor set where other users of the machine can read it
 * @param changeable whether a new value takes effect while Wayside runs
 */
public record Key<T>(
        String name, Type<T> type, String defaultValue, String meaning, boolean secret, boolean changeable) {
    static final String ENVIRONMENT_PREFIX = "WAYSIDE_";

    static <T> Key<T> of(String name, Type<T> type, String defaultValue, String meaning) {
        return new Key<>(name, type, defaultValue, meaning, false, false);
    }

    static Key<String> secret(String name, String meaning) {
        return new Key<>(name, Type.line(), "", meaning, true, false);
    }

    /** This key, whose new value takes effect while Wayside runs. */
    Key<T> whileRunning() {
        return new Key<>(name, type, defaultValue, meaning, secret, true);
    }

    /** This key under another name. */
    Key<T> named(String other) {
        return new Key<>(other, type, defaultValue, meaning, secret, changeable);
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
