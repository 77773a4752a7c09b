package dev.wayside.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The settings in force, checked, each with where it was set. Immutable. */
public final class Settings {
    private final Map<String, Setting> values;

    Settings(Map<String, Setting> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * One key's value.
     *
     * @param value as written, without surrounding space
     * @param origin where it was set, in words: a file's name, {@code --set} or an environment variable
     */
    public record Setting(String value, String origin) {}

    /** The value as written. */
    public String text(String key) {
        return setting(key).value();
    }

    /** Where the value was set, in words. */
    public String origin(String key) {
        return setting(key).origin();
    }

    /** The value as a whole number. */
    public int whole(String key) {
        return Integer.parseInt(text(key));
    }

    /** The value as a decimal number. */
    public double decimal(String key) {
        return Double.parseDouble(text(key));
    }

    /** The value as a truth value. */
    public boolean isTrue(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** The value as a duration. */
    public Duration duration(String key) {
        return Rule.parseDuration(text(key));
    }

    /**
     * The value of a key that may not be set, as a duration.
     *
     * @param otherwise what it is then
     */
    public Duration duration(String key, Duration otherwise) {
        return values.containsKey(key) ? duration(key) : otherwise;
    }

    /** The value, a size such as {@code 512MB}, in bytes. */
    public long bytes(String key) {
        return Rule.parseSize(text(key));
    }

    /** The values between the commas, without surrounding space, in order. */
    public List<String> list(String key) {
        return split(text(key));
    }

    /**
     * The key that holds for one camera: its own where it is set, the common one otherwise.
     *
     * @param camera one of {@code cameras}
     * @param rest what follows {@code camera.}, such as {@code url}
     */
    public String cameraKey(String camera, String rest) {
        String own = "camera." + camera + "." + rest;
        return values.containsKey(own) ? own : "camera." + rest;
    }

    /** Everything as properties, for placeholders in routes. */
    public Properties asProperties() {
        Properties properties = new Properties();
        values.forEach((key, setting) -> properties.setProperty(key, setting.value()));
        return properties;
    }

    private Setting setting(String key) {
        Setting setting = values.get(key);
        if (setting == null) {
            throw new IllegalArgumentException("there is no setting " + key);
        }
        return setting;
    }

    /** The parts of a list; one that has a comma in it stands in double quotes. */
    static List<String> split(String value) {
        return Arrays.stream(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                .map(String::strip)
                .map(part -> part.matches("\"[^\"]*\"") ? part.substring(1, part.length() - 1) : part)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
