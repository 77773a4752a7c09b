package dev.wayside.assembly;

import dev.wayside.access.AccessSettings;
import dev.wayside.access.PasswordFile;
import dev.wayside.camera.CameraSettings;
import dev.wayside.camera.CameraUrl;
import dev.wayside.config.AwsIotKeys;
import dev.wayside.config.CameraKeys;
import dev.wayside.config.DetectKeys;
import dev.wayside.config.Home;
import dev.wayside.config.IngestKeys;
import dev.wayside.config.Key;
import dev.wayside.config.MqttKeys;
import dev.wayside.config.PageKeys;
import dev.wayside.config.RouteKeys;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.live.HttpPort;
import dev.wayside.routes.TemplatedRoute;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The settings with every {@code auto} resolved, as routes use them. */
public final class EffectiveSettings {
    private static final Duration SAMPLE_PERIOD = Duration.ofMillis(200);
    private static final Duration CAMERA_PERIOD = Duration.ofSeconds(1);
    private static final int MOST_THREADS = 4;
    private static final int LONGEST_DEVICE_NAME = 64;

    private final Settings settings;
    private final Home home;

    /** Resolves what depends on this machine. */
    public EffectiveSettings(Settings settings, Home home) {
        this.settings = settings;
        this.home = home;
    }

    /** This device's name: the configured one, or the host name without its domain and with only valid characters. */
    public String device() {
        return settings.get(CameraKeys.DEVICE).orElseGet(() -> fit(hostName()));
    }

    /** Threads of the interpreter: the configured number, or one per processor, at most four. */
    public int threads() {
        return settings.get(DetectKeys.THREADS)
                .orElseGet(() -> Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    Duration period(String camera) {
        boolean sample = settings.get(camera, CameraKeys.URL).equals("sample");
        return settings.get(camera, CameraKeys.PERIOD).orElse(sample ? SAMPLE_PERIOD : CAMERA_PERIOD);
    }

    /**
     * The values of the routes' placeholders in the form that the routes expect, except {@link MqttKeys#URL}: the address
     * of the embedded broker is known only once it listens.
     */
    Properties placeholders() {
        Properties properties = settings.asProperties();
        properties.keySet().removeIf(key -> key.toString().startsWith("camel."));
        properties.remove(MqttKeys.URL.name());
        put(properties, CameraKeys.DEVICE, device());
        put(properties, MqttKeys.CLIENT_ID, clientId());
        put(properties, AwsIotKeys.THING, thing());
        put(properties, MqttKeys.KEEP_ALIVE, settings.get(MqttKeys.KEEP_ALIVE).toSeconds());
        put(
                properties,
                MqttKeys.MESSAGE_EXPIRY,
                settings.get(MqttKeys.MESSAGE_EXPIRY).map(Duration::toSeconds).orElse(0L));
        put(
                properties,
                MqttKeys.MAX_MESSAGE_SIZE,
                settings.get(MqttKeys.MAX_MESSAGE_SIZE).orElse(0L));
        put(
                properties,
                IngestKeys.BATCH_WITHIN,
                settings.get(IngestKeys.BATCH_WITHIN).toMillis());
        put(
                properties,
                IngestKeys.SESSION_EXPIRY,
                settings.get(IngestKeys.SESSION_EXPIRY).toSeconds());
        put(
                properties,
                IngestKeys.LEAVE_WITHIN,
                settings.get(IngestKeys.LEAVE_WITHIN).toSeconds());
        return properties;
    }

    private static void put(Properties properties, Key<?> key, Object value) {
        properties.setProperty(key.name(), value.toString());
    }

    /**
     * All properties for Camel and for the routes' placeholders.
     *
     * @param mqttUrl the broker to use; for the embedded broker, its actual address
     */
    Properties properties(String mqttUrl) {
        Properties properties = settings.asProperties();
        properties.putAll(placeholders());
        properties.setProperty(MqttKeys.URL.name(), mqttUrl);
        properties.setProperty("camel.server.host", HttpPort.address(settings.text(PageKeys.HOST)));
        properties.setProperty("camel.server.port", settings.text(PageKeys.PORT));
        // The same port is the same server.
        properties.setProperty("camel.management.host", properties.getProperty("camel.server.host"));
        // A port that the user has set stays, so that PageAccess can refuse it.
        properties.putIfAbsent("camel.management.port", settings.text(PageKeys.PORT));
        // RouteFolder loads them.
        properties.setProperty("camel.main.routesIncludePattern", "false");
        properties.setProperty(
                "camel.component.kamelet.location",
                FileLocations.ofFolder(home.find(settings.get(RouteKeys.KAMELETS_PATH))));
        return properties;
    }

    /** How the page is protected. */
    AccessSettings access() {
        String passwordFile = settings.get(PageKeys.PASSWORD_FILE);
        return new AccessSettings(
                settings.text(PageKeys.HOST),
                hostName(),
                settings.get(PageKeys.NAMES),
                home.workingDirectory().resolve(PasswordFile.NAME),
                passwordFile.isEmpty()
                        ? Optional.empty()
                        : Optional.of(home.workingDirectory().resolve(passwordFile)),
                settings.get(PageKeys.CERTIFICATE_FILE),
                settings.get(PageKeys.KEY_FILE),
                settings.get(PageKeys.SESSION_TIMEOUT));
    }

    /** The page's address for a browser. */
    String pageUrl() {
        boolean tls = !settings.get(PageKeys.CERTIFICATE_FILE).isEmpty();
        return HttpPort.url(
                tls ? "https" : "http", settings.get(PageKeys.HOST), settings.get(PageKeys.PORT), hostName());
    }

    /**
     * Where one camera is, and how long to wait for it, with {@code auto} resolved.
     *
     * @throws SettingsException if its url is invalid
     */
    public CameraSettings camera(String camera) {
        Key<String> url = settings.of(camera, CameraKeys.URL);
        try {
            return new CameraSettings(
                    camera,
                    CameraUrl.parse(settings.get(url), home.directory()),
                    period(camera),
                    settings.get(camera, CameraKeys.STALL_TIMEOUT),
                    settings.get(camera, CameraKeys.RETRY_MIN),
                    settings.get(camera, CameraKeys.RETRY_MAX));
        } catch (InvalidInputException e) {
            throw new SettingsException(url + " in " + settings.origin(url) + ": " + e.getMessage());
        }
    }

    /** The client id at the MQTT broker. */
    public String clientId() {
        return settings.get(MqttKeys.CLIENT_ID).orElseGet(() -> "wayside-" + device());
    }

    /** The thing's name in AWS IoT. */
    public String thing() {
        return settings.get(AwsIotKeys.THING).orElseGet(this::device);
    }

    /** One route of the template in {@code routes/camera.yaml} for each camera. */
    List<TemplatedRoute> cameraRoutes() {
        return settings.get(CameraKeys.CAMERAS).stream()
                .map(camera -> new TemplatedRoute(
                        "camera-" + camera,
                        "camera",
                        Map.of(
                                "camera",
                                camera,
                                "period",
                                String.valueOf(period(camera).toMillis()))))
                .toList();
    }

    private static String fit(String hostName) {
        String fit = hostName.replaceFirst("\\..*", "")
                .replaceAll("[^A-Za-z0-9_-]", "-")
                .replaceFirst("^[_-]+", "");
        String named = fit.isEmpty() ? "wayside" : fit;
        return named.substring(0, Math.min(LONGEST_DEVICE_NAME, named.length()));
    }

    /** The name of this machine. */
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // If the host name does not resolve, the message begins with it: "pi-01: Name or service not known".
            return String.valueOf(e.getMessage()).replaceFirst(":.*", "");
        }
    }
}
