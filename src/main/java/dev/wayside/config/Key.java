package dev.wayside.config;

/**
 * A setting's name and what its value may be.
 *
 * @param name with dots and dashes, as in {@code camera.stall-timeout}
 * @param rule what the value may be
 * @param secret whether the value must never be shown, nor given where other users of the machine can read it
 */
public record Key(String name, Rule rule, boolean secret) {
    static final String ENVIRONMENT_PREFIX = "WAYSIDE_";

    static Key of(String name, Rule rule) {
        return new Key(name, rule, false);
    }

    static Key secret(String name) {
        return new Key(name, Rule.secret(), true);
    }

    /** The environment variable that sets this key: {@code camera.url} is {@code WAYSIDE_CAMERA_URL}. */
    public static String environmentName(String key) {
        return ENVIRONMENT_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
