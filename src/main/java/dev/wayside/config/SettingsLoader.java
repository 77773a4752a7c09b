package dev.wayside.config;

import dev.wayside.config.Settings.Setting;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the settings from their four places, the later one winning: the defaults, {@code wayside.properties} in the
 * working directory, {@code --set key=value}, the environment.
 */
public final class SettingsLoader {
    /** The file that a user writes. */
    public static final String FILE_NAME = "wayside.properties";

    private static final String DEFAULTS = "wayside-defaults.properties";
    /** Set by the launcher, or by Kubernetes for a Service named "wayside": not settings. */
    private static final String NOT_SETTINGS = "WAYSIDE_(HOME|JAVA_OPTS|SERVICE_.*|PORT|PORT_.*)";

    private final Map<String, Setting> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Home home;

    private SettingsLoader(Home home) {
        this.home = home;
    }

    /**
     * Reads and checks everything.
     *
     * @param home where Wayside is and where it was started
     * @param overrides what {@code --set} gave, each {@code key=value}
     * @param environment the environment's variables
     * @return the settings in force
     * @throws SettingsException if a key is unknown or a value bad: it names each key, its value, what is allowed and
     *     where it was set
     */
    public static Settings load(Home home, Collection<String> overrides, Map<String, String> environment) {
        return new SettingsLoader(home).load(overrides, environment);
    }

    /**
     * Takes the settings from another program's properties and checks them.
     *
     * @param home where Wayside is and where the program was started
     * @param properties the value of a key, or empty where the default is to hold
     * @param origin where these properties stand, in words
     * @return the settings in force
     * @throws SettingsException if a value is bad: it names each key, its value and what is allowed
     */
    public static Settings load(Home home, Function<String, Optional<String>> properties, String origin) {
        return new SettingsLoader(home).load(properties, origin);
    }

    private Settings load(Function<String, Optional<String>> properties, String origin) {
        readDefaults();
        take("cameras", properties, origin);
        List<String> cameras = Settings.split(values.get("cameras").value());
        Keys.names(cameras).forEach(key -> take(key, properties, origin));
        return checked(cameras, Map.of());
    }

    private void take(String key, Function<String, Optional<String>> properties, String origin) {
        properties
                .apply(key)
                .filter(value ->
                        !values.containsKey(key) || !values.get(key).value().equals(value.strip()))
                .ifPresent(value -> put(key, value, origin));
    }

    private Settings load(Collection<String> overrides, Map<String, String> environment) {
        readDefaults();
        readFile(home.workingDirectory().resolve(FILE_NAME));
        readOverrides(overrides);
        List<String> cameras = cameras(environment);
        Map<String, Key> ofRoutes = RoutePlaceholders.in(home, values, environment);
        readEnvironment(environment, cameras, ofRoutes.keySet());
        return checked(cameras, ofRoutes);
    }

    private Settings checked(List<String> cameras, Map<String, Key> ofRoutes) {
        check(cameras, ofRoutes);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Settings(values);
    }

    private void readDefaults() {
        try (InputStream in = SettingsLoader.class.getClassLoader().getResourceAsStream(DEFAULTS)) {
            Properties properties = new Properties();
            properties.load(in);
            new TreeMap<>(properties).forEach((key, value) -> put((String) key, (String) value, "the defaults"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the defaults: " + e.getMessage(), e);
        }
    }

    private void readFile(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFile.read(file)));
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            problems.add("Cannot read " + file + ": " + e.getMessage()
                    + ". A backslash is written twice in a properties file.");
        }
        new TreeMap<>(properties).forEach((key, value) -> put((String) key, (String) value, FILE_NAME));
    }

    private void readOverrides(Collection<String> overrides) {
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                problems.add("--set " + override + " is not key=value, as in --set camera.url=/dev/video0.");
                continue;
            }
            String key = override.substring(0, equals).strip();
            if (Optional.ofNullable(Keys.known().get(key)).filter(Key::secret).isPresent()) {
                problems.add("--set " + key + " would show the secret to every user of this machine. Put it into "
                        + "the environment variable " + Key.environmentName(key) + " or set " + key
                        + "-file to a file that holds it.");
                continue;
            }
            put(key, override.substring(equals + 1), "--set");
        }
    }

    private void readEnvironment(Map<String, String> environment, List<String> cameras, Set<String> placeholders) {
        Map<String, String> keys = new LinkedHashMap<>();
        Keys.names(cameras).forEach(key -> keys.put(Key.environmentName(key), key));
        placeholders.forEach(key -> keys.putIfAbsent(Key.environmentName(key), key));
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(Key.ENVIRONMENT_PREFIX) || variable.matches(NOT_SETTINGS)) {
                return;
            }
            String key = keys.get(variable);
            if (key == null) {
                problems.add("The environment variable " + variable + " sets nothing that Wayside knows"
                        + Suggestion.nearest(variable, keys.keySet()) + " docs/configuration.md lists every key.");
            } else {
                put(key, value, "the environment variable " + variable);
            }
        });
    }

    private List<String> cameras(Map<String, String> environment) {
        String fromEnvironment = environment.get(Key.environmentName("cameras"));
        return Settings.split(
                fromEnvironment != null
                        ? fromEnvironment
                        : values.get("cameras").value());
    }

    private void check(List<String> cameras, Map<String, Key> ofRoutes) {
        List<String> names = Keys.names(cameras).toList();
        values.forEach((name, setting) -> {
            Optional<Key> key = Keys.find(name, cameras).or(() -> Optional.ofNullable(ofRoutes.get(name)));
            if (key.isPresent()) {
                checkValue(key.get(), setting);
            } else if (!name.startsWith("camel.")) {
                problems.add("Unknown key " + name + " in " + setting.origin() + Suggestion.nearest(name, names)
                        + " docs/configuration.md lists every key; a key of your own has a dot and stands as {{"
                        + name + "}} in a route.");
            }
        });
        checkCameras(cameras);
        checkRetries(cameras);
        if (!values.get("mqtt.password").value().isEmpty()
                && !values.get("mqtt.password-file").value().isEmpty()) {
            problems.add("mqtt.password and mqtt.password-file are both set; set one of them.");
        }
        if (values.get("mqtt.certificate-file").value().isEmpty()
                != values.get("mqtt.key-file").value().isEmpty()) {
            problems.add("mqtt.certificate-file and mqtt.key-file belong together; set both or neither.");
        }
    }

    private void checkValue(Key key, Setting setting) {
        if (!key.rule().accepts().test(setting.value())) {
            String shown = key.secret() ? "(secret)" : "'" + setting.value() + "'";
            problems.add(key.name() + " is " + shown + " in " + setting.origin() + "; it must be "
                    + key.rule().allowed() + ".");
        }
    }

    private void checkRetries(List<String> cameras) {
        for (String camera : cameras) {
            Setting least = cameraSetting(camera, "retry-min");
            Setting most = cameraSetting(camera, "retry-max");
            if (Rule.isDuration(least.value())
                    && Rule.isDuration(most.value())
                    && Rule.parseDuration(least.value()).compareTo(Rule.parseDuration(most.value())) > 0) {
                problems.add("camera.retry-min is " + least.value() + " in " + least.origin()
                        + " and camera.retry-max " + most.value() + " in " + most.origin()
                        + "; the first must not be longer than the second.");
                return;
            }
        }
    }

    private Setting cameraSetting(String camera, String rest) {
        Setting own = values.get("camera." + camera + "." + rest);
        return own == null ? values.get("camera." + rest) : own;
    }

    private void checkCameras(List<String> cameras) {
        if (cameras.size() < 2) {
            return;
        }
        for (String camera : cameras) {
            if (!values.containsKey("camera." + camera + ".url")) {
                problems.add("cameras names " + camera + " in "
                        + values.get("cameras").origin() + ", but camera." + camera
                        + ".url is not set; with several cameras each needs its own.");
            }
        }
    }

    private void put(String key, String value, String origin) {
        values.put(key, new Setting(value.strip(), origin));
    }
}
