package dev.wayside.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The settings in force, checked, each with where it was set. Immutable. */
public final class Settings {
    private final Map<String, Setting> values;
    private final Map<String, Key<?>> keys;

    Settings(Map<String, Setting> values, Map<String, Key<?>> keys) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /**
     * One key's value.
     *
     * @param value as written, without surrounding space
     * @param origin where it was set, in words: a file's name, {@code --set} or an environment variable
     */
    public record Setting(String value, String origin) {}

    /** The value. */
    public <T> T get(Key<T> key) {
        return key.type().read(text(key));
    }

    /** The value as written. */
    public String text(Key<?> key) {
        return setting(key).value();
    }

    /** Where the value was set, in words. */
    public String origin(Key<?> key) {
        return setting(key).origin();
    }

    /** The value in force and where it was set. */
    public Setting setting(Key<?> key) {
        return values.getOrDefault(key.name(), new Setting(key.standard(), SettingsLoader.DEFAULTS_ORIGIN));
    }

    /** The value for one of the cameras: its own where it is set, the common one otherwise. */
    public <T> T get(String camera, Key<T> common) {
        return get(of(camera, common));
    }

    /** The key that holds for one of the cameras: its own where it is set, the common one otherwise. */
    public <T> Key<T> of(String camera, Key<T> common) {
        Key<T> own = CameraKeys.of(camera, common);
        return values.containsKey(own.name()) ? own : common;
    }

    /**
     * All keys, by their names: Wayside's own in the order of its groups, then those that are set for single cameras, then
     * those that the user's routes name.
     */
    public Map<String, Key<?>> keys() {
        return keys;
    }

    /** Whether a key has another value than its default. */
    public boolean isChanged(Key<?> key) {
        return !text(key).equals(key.standard());
    }

    /** Everything as properties, for placeholders in routes. */
    public Properties asProperties() {
        Properties properties = new Properties();
        values.forEach((key, setting) -> properties.setProperty(key, setting.value()));
        return properties;
    }
}
