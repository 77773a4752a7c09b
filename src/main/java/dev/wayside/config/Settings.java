package dev.wayside.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The effective settings, checked, each with its origin. Immutable. */
public final class Settings {
    private final Map<String, Setting> values;
    private final Map<String, Key<?>> keys;

    Settings(Map<String, Setting> values, Map<String, Key<?>> keys) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /**
     * The value of a key.
     *
     * @param value as written, without surrounding spaces
     * @param origin where it was set, for messages: a file's name, {@code --set} or an environment variable
     */
    public record Setting(String value, String origin) {}

    /** The parsed value. */
    public <T> T get(Key<T> key) {
        return key.type().read(text(key));
    }

    /** The value as written. */
    public String text(Key<?> key) {
        return setting(key).value();
    }

    /** Where the value was set, for messages. */
    public String origin(Key<?> key) {
        return setting(key).origin();
    }

    /** The effective value and where it was set. */
    public Setting setting(Key<?> key) {
        return values.getOrDefault(key.name(), new Setting(key.defaultValue(), SettingsLoader.DEFAULTS_ORIGIN));
    }

    /** The value for one camera: its own if set, otherwise the common one. */
    public <T> T get(String camera, Key<T> common) {
        return get(of(camera, common));
    }

    /** The key that applies to one camera: its own if set, otherwise the common one. */
    public <T> Key<T> of(String camera, Key<T> common) {
        Key<T> own = CameraKeys.of(camera, common);
        return values.containsKey(own.name()) ? own : common;
    }

    /**
     * All keys by name: Wayside's own in the order of the groups, then those set for single cameras, then those that the
     * user's routes use.
     */
    public Map<String, Key<?>> keys() {
        return keys;
    }

    /** Whether the value of a key differs from its default. */
    public boolean isChanged(Key<?> key) {
        return !text(key).equals(key.defaultValue());
    }

    /** All values as properties, for placeholders in routes. */
    public Properties asProperties() {
        Properties properties = new Properties();
        values.forEach((key, setting) -> properties.setProperty(key, setting.value()));
        return properties;
    }
}
