package dev.wayside.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The effective settings, checked, each with its origin. Immutable. */
public final class Settings {
    private final Map<String, Setting> values;
    private final Map<String, Key<?>> keys;
    private final Map<String, String> inFile;

    Settings(Map<String, Setting> values, Map<String, Key<?>> keys, Map<String, String> inFile) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        this.inFile = Map.copyOf(inFile);
    }

    /** These settings with those values of others that can change while Wayside runs. */
    public Settings changedTo(Settings others) {
        Map<String, Setting> merged = new LinkedHashMap<>(values);
        Map<String, Key<?>> known = new LinkedHashMap<>(keys);
        known.putAll(others.keys);
        known.values().stream().filter(Key::changeable).map(Key::name).forEach(name -> {
            if (others.values.containsKey(name)) {
                merged.put(name, others.values.get(name));
            } else {
                merged.remove(name);
            }
        });
        return new Settings(merged, known, others.inFile);
    }

    /** The keys whose values differ from those of others. */
    public List<Key<?>> differences(Settings others) {
        Map<String, Key<?>> all = new LinkedHashMap<>(keys);
        others.keys.forEach(all::putIfAbsent);
        return all.values().stream()
                .filter(key -> values.containsKey(key.name()) != others.values.containsKey(key.name())
                        || !text(key).equals(others.text(key)))
                .collect(Collectors.toList());
    }

    /** The names of Camel's own keys whose values differ from those of others. */
    public List<String> differencesOfCamel(Settings others) {
        Set<String> names = new TreeSet<>(values.keySet());
        names.addAll(others.values.keySet());
        return names.stream()
                .filter(name -> name.startsWith(SettingsLoader.CAMELS_OWN)
                        && !Objects.equals(values.get(name), others.values.get(name)))
                .toList();
    }

    /** The keys whose lines in the settings file differ from those of others, but that another source overrides. */
    public List<Key<?>> overriddenDifferences(Settings others) {
        return keys.values().stream()
                .filter(key -> !Objects.equals(inFile.get(key.name()), others.inFile.get(key.name())))
                .filter(key -> inFile.containsKey(key.name()) && !origin(key).equals(SettingsLoader.FILE_NAME))
                .collect(Collectors.toList());
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
