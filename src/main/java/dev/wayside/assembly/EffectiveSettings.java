package dev.wayside.assembly;

import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.routes.TemplateUse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The settings with every {@code auto} decided, as routes see them. */
public final class EffectiveSettings {
    static final String MQTT_URL = "mqtt.url";
    /** The value of that key for a broker inside this process. */
    static final String EMBEDDED = "embedded";

    private static final String AUTO = "auto";
    private static final Duration SAMPLE_PERIOD = Duration.ofMillis(200);
    private static final Duration CAMERA_PERIOD = Duration.ofSeconds(1);
    private static final int MOST_THREADS = 4;
    private static final int LONGEST_DEVICE_NAME = 64;

    private final Settings settings;
    private final Home home;

    /** Decides what these settings leave to this machine. */
    public EffectiveSettings(Settings settings, Home home) {
        this.settings = settings;
        this.home = home;
    }

    /** This device's name: the host's without its domain, made fit for topics, unless one is set. */
    String device() {
        String device = settings.text("device");
        return device.equals(AUTO) ? fit(hostName()) : device;
    }

    /** Threads of the interpreter: one for each processor, four at the most, unless they are set. */
    public int threads() {
        String threads = settings.text("detect.threads");
        return threads.equals(AUTO)
                ? Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())
                : Integer.parseInt(threads);
    }

    Duration period(String camera) {
        String key = settings.cameraKey(camera, "period");
        if (!settings.text(key).equals(AUTO)) {
            return settings.duration(key);
        }
        return settings.text(settings.cameraKey(camera, "url")).equals("sample") ? SAMPLE_PERIOD : CAMERA_PERIOD;
    }

    /**
     * What the routes' placeholders stand for, as they want it, but for {@value #MQTT_URL}: where the embedded broker
     * listens is known only when it does.
     */
    Properties placeholders() {
        Properties properties = settings.asProperties();
        properties.keySet().removeIf(key -> key.toString().startsWith("camel."));
        properties.remove(MQTT_URL);
        properties.setProperty("device", device());
        if (settings.text("mqtt.client-id").equals(AUTO)) {
            properties.setProperty("mqtt.client-id", "wayside-" + device());
        }
        if (settings.text("aws-iot.thing").equals(AUTO)) {
            properties.setProperty("aws-iot.thing", device());
        }
        properties.setProperty(
                "mqtt.keep-alive",
                String.valueOf(settings.duration("mqtt.keep-alive").toSeconds()));
        properties.setProperty(
                "mqtt.message-expiry",
                settings.text("mqtt.message-expiry").equals("never")
                        ? "0"
                        : String.valueOf(
                                settings.duration("mqtt.message-expiry").toSeconds()));
        properties.setProperty(
                "mqtt.max-message-size",
                settings.text("mqtt.max-message-size").equals("any")
                        ? "0"
                        : String.valueOf(settings.bytes("mqtt.max-message-size")));
        return properties;
    }

    /**
     * Everything that Camel and the routes' placeholders need.
     *
     * @param mqttUrl the broker to use, the embedded one's real address included
     */
    Properties properties(String mqttUrl) {
        Properties properties = settings.asProperties();
        properties.putAll(placeholders());
        properties.setProperty(MQTT_URL, mqttUrl);
        properties.setProperty("camel.server.host", settings.text("http.host"));
        properties.setProperty("camel.server.port", settings.text("http.port"));
        // RouteFolder takes them up.
        properties.setProperty("camel.main.routesIncludePattern", "false");
        properties.setProperty(
                "camel.component.kamelet.location", FileLocations.ofFolder(home.find(settings.text("kamelets.path"))));
        return properties;
    }

    /** One route of the template in {@code routes/camera.yaml} for each camera. */
    List<TemplateUse> cameraRoutes() {
        return settings.list("cameras").stream()
                .map(camera -> new TemplateUse(
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
            // A host whose name resolves to nothing says so in the message: "pi-01: Name or service not known".
            return String.valueOf(e.getMessage()).replaceFirst(":.*", "");
        }
    }
}
