package dev.wayside.config;

import dev.wayside.config.Settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the settings from five sources, each of which overrides the previous one: the defaults, {@code wayside.properties}
 * in the working directory, the properties that Camel K mounts, {@code --set key=value}, the environment.
 */
public final class SettingsLoader {
    /** The user's settings file. */
    public static final String FILE_NAME = "wayside.properties";

    static final String DEFAULTS_ORIGIN = "the defaults";

    private static final String SET = "--set";
    /** Defaults of Camel's keys that Wayside changes. */
    private static final String CAMEL_DEFAULTS = "wayside-defaults.properties";

    static final String CAMELS_OWN = "camel.";
    /** Variables that the launcher sets, or Kubernetes for a Service named "wayside" or "wayside-...". They are not settings. */
    private static final String NOT_SETTINGS =
            "WAYSIDE_(HOME|JAVA_OPTS|PORT|(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?))";

    /** What Kubernetes sets {@code WAYSIDE_..._PORT} to, which can also be the name of a key. */
    private static final String ADDRESS_OF_A_SERVICE = "(tcp|udp|sctp)://.*";

    private final Map<String, Setting> values = new LinkedHashMap<>();
    private final Map<String, String> inFile = new LinkedHashMap<>();
    private final Problems problems = new Problems();
    private final Home home;

    private SettingsLoader(Home home) {
        this.home = home;
    }

    /**
     * Reads and checks all settings.
     *
     * @param home Wayside's folder and the working directory
     * @param overrides the values of {@code --set}, each {@code key=value}
     * @param environment the environment variables
     * @return the effective settings
     * @throws SettingsException if a key is unknown or a value is invalid; it names each key, its value, what is allowed and
     *     where it was set
     */
    public static Settings load(Home home, Collection<String> overrides, Map<String, String> environment) {
        return load(home, overrides, environment, List.of());
    }

    /**
     * Reads and checks all settings, also those that only some further routes use; otherwise as {@link #load(Home,
     * Collection, Map)}.
     *
     * @param routes route files outside the routes folder
     */
    public static Settings load(
            Home home, Collection<String> overrides, Map<String, String> environment, Collection<Path> routes) {
        return new SettingsLoader(home).load(overrides, environment, routes);
    }

    /**
     * Reads and checks the settings in the properties of another application.
     *
     * @param home Wayside's folder and the working directory
     * @param properties returns the value of a key, or empty for the default
     * @param origin where these properties were set, for messages
     * @return the effective settings
     * @throws SettingsException if a value is invalid; it names each key, its value and what is allowed
     */
    public static Settings load(Home home, Function<String, Optional<String>> properties, String origin) {
        return new SettingsLoader(home).load(properties, origin);
    }

    private Settings load(Function<String, Optional<String>> properties, String origin) {
        readDefaults();
        take(CameraKeys.CAMERAS.name(), properties, origin);
        List<String> cameras = cameras(text(CameraKeys.CAMERAS));
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

    private Settings load(Collection<String> overrides, Map<String, String> environment, Collection<Path> routes) {
        readDefaults();
        readFile();
        SettingsFile.ofCamelK(environment).ifPresent(this::readCamelK);
        readOverrides(overrides);
        List<String> cameras = cameras(early(CameraKeys.CAMERAS, environment));
        Map<String, Key<?>> ofRoutes = RoutePlaceholders.in(home.find(early(RouteKeys.PATH, environment)), routes);
        readEnvironment(environment, cameras, ofRoutes);
        return checked(cameras, ofRoutes);
    }

    private Settings checked(List<String> cameras, Map<String, Key<?>> ofRoutes) {
        Map<String, Key<?>> keys = new LinkedHashMap<>(Keys.known());
        values.keySet().forEach(name -> Keys.find(name, cameras).ifPresent(key -> keys.putIfAbsent(name, key)));
        ofRoutes.forEach(keys::putIfAbsent);
        List<String> names = Keys.names(cameras).toList();
        values.forEach((name, setting) -> {
            if (keys.containsKey(name)) {
                problems.check(keys.get(name), setting);
            } else if (!name.startsWith(CAMELS_OWN)) {
                problems.add("Unknown key " + Printable.text(name) + " in " + setting.origin()
                        + Suggestion.nearest(name, names)
                        + " docs/configuration.md lists every key; a key of your own must contain a dot and be used as {{"
                        + Printable.text(name) + "}} in a route.");
            }
        });
        Settings settings = new Settings(values, keys, inFile);
        problems.throwIfAny();
        Combinations.check(settings, problems);
        problems.throwIfAny();
        return settings;
    }

    private void readDefaults() {
        Keys.known().values().forEach(key -> put(key.name(), key.defaultValue(), DEFAULTS_ORIGIN));
        try (InputStream in = SettingsLoader.class.getClassLoader().getResourceAsStream(CAMEL_DEFAULTS)) {
            Properties properties = new Properties();
            properties.load(in);
            new TreeMap<>(properties).forEach((key, value) -> put((String) key, (String) value, DEFAULTS_ORIGIN));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the defaults: " + e.getMessage(), e);
        }
    }

    private void readFile() {
        SettingsFile.read(home.workingDirectory().resolve(FILE_NAME), problems).forEach((key, value) -> {
            put(key, value, FILE_NAME);
            inFile.put(key, value.strip());
        });
    }

    private void readCamelK(Path file) {
        SettingsFile.read(file, problems).forEach((key, value) -> {
            if (isSecret(key)) {
                problems.add(
                        key + " in " + file + " would show the secret to everyone who can read the Integration. Set "
                                + key + "-file to a file of a mounted Secret instead.");
            } else {
                put(key, value, file.toString());
            }
        });
    }

    private static boolean isSecret(String key) {
        return Keys.known().containsKey(key) && Keys.known().get(key).secret();
    }

    private void readOverrides(Collection<String> overrides) {
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                problems.add(SET + " " + override.replaceFirst("(?s)\\s.*", " …") + " is not key=value, as in " + SET
                        + " " + CameraKeys.URL + "=/dev/video0.");
                continue;
            }
            String key = override.substring(0, equals).strip();
            if (isSecret(key)) {
                problems.add(SET + " " + key + " would show the secret to every user of this machine. Set "
                        + "the environment variable " + Key.environmentName(key) + " instead, or set " + key
                        + "-file to a file that contains it.");
                continue;
            }
            put(key, override.substring(equals + 1), SET);
        }
    }

    private void readEnvironment(Map<String, String> environment, List<String> cameras, Map<String, Key<?>> ofRoutes) {
        Map<String, String> keys = new LinkedHashMap<>();
        Keys.names(cameras).forEach(key -> keys.put(Key.environmentName(key), key));
        ofRoutes.keySet().forEach(key -> keys.putIfAbsent(Key.environmentName(key), key));
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(Key.ENVIRONMENT_PREFIX) || variable.matches(NOT_SETTINGS)) {
                return;
            }
            String key = keys.get(variable);
            if (key == null && variable.endsWith("_PORT") && value.matches(ADDRESS_OF_A_SERVICE)) {
                return;
            }
            if (key == null) {
                problems.add("The environment variable " + variable + " is not a setting of Wayside"
                        + Suggestion.nearest(variable, keys.keySet()) + " docs/configuration.md lists every key.");
            } else {
                put(key, value, "the environment variable " + variable);
            }
        });
    }

    /** The value of a key on which the set of known keys depends. */
    private String early(Key<?> key, Map<String, String> environment) {
        return environment.getOrDefault(key.environmentName(), text(key)).strip();
    }

    /** Empty if the value is invalid, which is reported when it is checked. */
    private static List<String> cameras(String value) {
        return CameraKeys.CAMERAS.type().accepts(value)
                ? CameraKeys.CAMERAS.type().read(value)
                : List.of();
    }

    private String text(Key<?> key) {
        return values.get(key.name()).value();
    }

    private void put(String key, String value, String origin) {
        values.put(key, new Setting(value.strip(), origin));
    }
}
