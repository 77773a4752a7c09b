package dev.wayside.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.text.NamedPipe;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    @TempDir
    Path directory;

    @Test
    void theDefaultsAreValid() {
        Settings settings = load();
        assertEquals("sample", settings.text(CameraKeys.URL));
        assertEquals("the defaults", settings.origin(CameraKeys.URL));
        assertEquals(Duration.ofSeconds(10), settings.get(CameraKeys.STALL_TIMEOUT));
        assertEquals(List.of("car", "person"), settings.get(DetectKeys.LABELS));
    }

    @Test
    void theEnvironmentOverridesSetWhichOverridesTheFile() throws IOException {
        write("camera.url=from-file\ncamera.period=3s\nhttp.port=81\n");
        Settings settings = SettingsLoader.load(
                home(), List.of("camera.url=from-set", "camera.period=4s"), Map.of("WAYSIDE_CAMERA_URL", "from-env"));
        assertEquals("from-env", settings.text(CameraKeys.URL));
        assertEquals("the environment variable WAYSIDE_CAMERA_URL", settings.origin(CameraKeys.URL));
        assertEquals("4s", settings.text(CameraKeys.PERIOD));
        assertEquals("--set", settings.origin(CameraKeys.PERIOD));
        assertEquals(81, settings.get(PageKeys.PORT));
        assertEquals("wayside.properties", settings.origin(PageKeys.PORT));
    }

    @Test
    void readsAFileWithAByteOrderMarkAndWindowsLineEndings() throws IOException {
        write("\uFEFFcamera.url=S\u00fcd.mp4\r\nhttp.port=81\r\n");
        assertEquals("S\u00fcd.mp4", load().text(CameraKeys.URL));
        assertEquals(81, load().get(PageKeys.PORT));
    }

    @Test
    void anotherEncodingOfTheFileIsReportedOnce() throws IOException {
        for (String encoding : List.of("windows-1252", "UTF-16")) {
            Files.writeString(
                    directory.resolve(SettingsLoader.FILE_NAME),
                    "http.port=81\ndevice=S\u00fcd\n",
                    Charset.forName(encoding));
            SettingsException e = assertThrows(SettingsException.class, this::load);
            assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            assertTrue(e.getMessage().contains("wayside.properties, line "), e.getMessage());
        }
    }

    @Test
    void aLinkThatLeadsNowhereIsNoAbsentFile() throws IOException {
        Path file = directory.resolve(SettingsLoader.FILE_NAME);
        for (String target : List.of("nowhere", SettingsLoader.FILE_NAME)) {
            Files.createSymbolicLink(file, Path.of(target));
            SettingsException e = assertThrows(SettingsException.class, this::load);
            assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            Files.delete(file);
        }
    }

    /** Reading it would wait for ever. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNamedPipeInPlaceOfTheFileIsRefused() throws Exception {
        Path pipe = NamedPipe.make(directory.resolve(SettingsLoader.FILE_NAME));
        assertRefused(pipe + " is a named pipe, a socket or a device; it must be a", List.of(), Map.of());
    }

    @Test
    void whatIsNoPortIsNotShownForItMayBeAPassword() {
        assertRefused(
                "mqtt.url in --set has an invalid port; it must be", List.of("mqtt.url=tcp://me:hunter2"), Map.of());
    }

    @Test
    void nothingOfAnUnknownKeyReachesTheTerminalAsACommand() throws IOException {
        write("a\u001b[31mb=1\n");
        assertRefused("Unknown key a\\u001b[31mb in wayside.properties", List.of(), Map.of());
    }

    @Test
    void anUnknownKeyIsRefusedWithItsOriginAndASuggestion() throws IOException {
        write("camera.ulr=x\n");
        assertRefused("Unknown key camera.ulr in wayside.properties. Did you mean camera.url?", List.of(), Map.of());
    }

    @Test
    void anUnknownVariableIsRefusedButKubernetesOwnAreNot() {
        assertRefused(
                "The environment variable WAYSIDE_CAMERA_ULR is not a setting of Wayside. Did you mean WAYSIDE_CAMERA_URL?",
                List.of(),
                Map.of("WAYSIDE_CAMERA_ULR", "x"));
        SettingsLoader.load(
                home(),
                List.of(),
                Map.of("WAYSIDE_SERVICE_HOST", "10.0.0.1", "WAYSIDE_PORT_8080_TCP", "x", "WAYSIDE_HOME", "/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http.port=0|http.port is '0' in --set; it must be a whole number from 1 to 65535.",
                "http.port=x|http.port is 'x' in --set; it must be a whole number from 1 to 65535.",
                "mqtt.qos=3|mqtt.qos is '3' in --set; it must be 0, with which events can be lost, or 1; 2 would not",
                "mqtt.qos=2|mqtt.qos is '2' in --set; it must be 0, with which events can be lost, or 1; 2 would not",
                "camera.period=5|camera.period is '5' in --set; it must be auto, or a duration from 20ms to 1d",
                "mqtt.url=localhost|mqtt.url is 'localhost' in --set; it must be embedded, or a URL with a host that begins with",
                "detect.score=2|detect.score is '2' in --set; it must be model, or a number from 0.01 to 1.0.",
                "cameras=a,a|cameras is 'a,a' in --set; it must be distinct names separated by commas",
                "mqtt.topic-prefix=a/#|mqtt.topic-prefix is 'a/#' in --set; it must be an MQTT topic without",
                "device=a/b|device is 'a/b' in --set; it must be auto, or 1 to 64 letters",
                "nonsense|--set nonsense is not key=value",
                "mqtt.password=x|--set mqtt.password would show the secret to every user of this machine.",
                "camera.retry-min=40s|camera.retry-min is 40s in --set and camera.retry-max is 30s in the defaults; the first",
                "mqtt.url=tcp://me:secret@host|mqtt.url in --set contains a user or a password; remove them and set mqtt.username and mqtt.password-file instead.",
                "mqtt.url=tpc://me:secret@host|mqtt.url in --set contains a user or a password",
                "influxdb.url=http://me:secret@h|influxdb.url in --set contains a user or a password; remove them and set influxdb.username",
                "elasticsearch.url=https://k@h|elasticsearch.url in --set contains a user or a password",
                "mqtt.url=tcp://host:99999|mqtt.url in --set has the port '99999'; it must be a whole number from 1 to 65535.",
                "mqtt.url=tcp://host:1883/x|mqtt.url in --set has a path after the host; tcp:// allows none.",
                "influxdb.url=http://h:8086?p=secret|influxdb.url in --set contains a '?' or a '#'; it must end after the host",
                "mqtt.url='tcp://host:1883'|mqtt.url in --set is in quotation marks; remove them.",
                "http.port=\"81\"|http.port in --set is in quotation marks; remove them.",
                "mqtt.url=http://h|mqtt.url is 'http://h' in --set; it must be embedded, or a URL with a host that begins with",
                "detect.labels=\"a,b|detect.labels in --set has a double quote that is not closed before the next comma.",
                "http.host=http://x|http.host is 'http://x' in --set; it must be an address or host name of this machine",
                "http.host=[::1]|http.host in --set is an IPv6 address in brackets; remove them: ::1.",
                "http.host=[x]|http.host is '[x]' in --set; it must be an address or host name of this machine",
                "http.host=:|http.host is ':' in --set; it must be an address or host name of this machine",
                "mqtt.url=tcp://[:]|mqtt.url in --set has no valid host: after tcp:// there must be a host name or an IP address",
                "mqtt.url=ssl://[1::2::3]:8883|mqtt.url in --set has no valid host: after ssl://",
                "influxdb.url=http://[12345::]|influxdb.url in --set has no valid host: after http://",
                "mqtt.key-file=k|mqtt.certificate-file and mqtt.key-file require each other",
            })
    void aBadValueIsRefusedWithASentence(String override, String sentence) {
        assertRefused(sentence, List.of(override), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://mqtt_broker:1883, tcp://mqtt_broker:1883",
        "tcp://host:1883/, tcp://host:1883",
        "TCP://Host, tcp://Host:1883",
        "ssl://[::1], ssl://[::1]:8883",
        "ws://b_1/mqtt, ws://b_1:80/mqtt",
        "tcp://m\u00fcller.example, tcp://xn--mller-kva.example:1883",
    })
    void commonSpellingsOfAServersUrlAreAccepted(String written, String meant) {
        Settings settings = SettingsLoader.load(home(), List.of("mqtt.url=" + written), Map.of());
        assertEquals(meant, settings.get(MqttKeys.URL).orElseThrow().toString());
    }

    @Test
    void aLabelCanContainAComma() {
        Settings settings =
                SettingsLoader.load(home(), List.of("detect.labels=car, \"traffic light, red\" ,12\" pipe"), Map.of());
        assertEquals(List.of("car", "traffic light, red", "12\" pipe"), settings.get(DetectKeys.LABELS));
        assertEquals("car, \"traffic light, red\", 12\" pipe", CommaList.join(settings.get(DetectKeys.LABELS)));
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        SettingsException e = assertThrows(
                SettingsException.class,
                () -> SettingsLoader.load(home(), List.of("http.port=0", "mqtt.qos=9"), Map.of()));
        assertEquals(2, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void aSecretIsNeverShown() {
        Settings settings = SettingsLoader.load(home(), List.of(), Map.of("WAYSIDE_MQTT_PASSWORD", "hunter2"));
        assertEquals("hunter2", settings.text(MqttKeys.PASSWORD));
        SettingsException e = assertThrows(
                SettingsException.class,
                () -> SettingsLoader.load(
                        home(), List.of("mqtt.password-file=f"), Map.of("WAYSIDE_MQTT_PASSWORD", "hunter2")));
        assertFalse(e.getMessage().contains("hunter2"));
    }

    @Test
    void aReplicaOfTheIngestHasNoCamera() {
        Settings settings = SettingsLoader.load(home(), List.of(), Map.of("WAYSIDE_CAMERAS", "none"));
        assertEquals(List.of(), settings.get(CameraKeys.CAMERAS));
    }

    @Test
    void eachOfSeveralCamerasHasItsOwnKeys() {
        Settings settings = SettingsLoader.load(
                home(),
                List.of("cameras=front,yard", "camera.front.url=sample", "camera.period=2s"),
                Map.of("WAYSIDE_CAMERA_YARD_URL", "/dev/video0", "WAYSIDE_CAMERA_YARD_STALL_TIMEOUT", "3s"));
        assertEquals("/dev/video0", settings.get("yard", CameraKeys.URL));
        assertEquals(Duration.ofSeconds(3), settings.get("yard", CameraKeys.STALL_TIMEOUT));
        assertEquals(Duration.ofSeconds(10), settings.get("front", CameraKeys.STALL_TIMEOUT));
        assertRefused("camera.yard.url is not set", List.of("cameras=front,yard", "camera.front.url=sample"), Map.of());
        assertRefused("Unknown key camera.back.url in --set", List.of("camera.back.url=sample"), Map.of());
    }

    @Test
    void aUsersOwnKeyIsKnownIfARouteUsesIt() throws IOException {
        Files.createDirectories(directory.resolve("routes"));
        Files.writeString(
                directory.resolve("routes/webhook.yaml"),
                "uri: \"{{webhook.url}}?x={{?webhook.token:none}}&y={{period}}\"");
        Settings settings =
                SettingsLoader.load(home(), List.of("webhook.url=http://x"), Map.of("WAYSIDE_WEBHOOK_TOKEN", "t"));
        assertEquals("http://x", settings.text(settings.keys().get("webhook.url")));
        assertEquals("t", settings.text(settings.keys().get("webhook.token")));
        assertRefused("Unknown key period", List.of("period=1"), Map.of());
        assertRefused("Unknown key webhook.other", List.of("webhook.other=1"), Map.of());
    }

    @Test
    void theKeysOfRoutesAreFoundInFilesOfAnyForm() throws Exception {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.writeString(routes.resolve("spaces.yml"), "\uFEFFperiod: \"{{ watch.period }}{{?watch.more : 5}}\"\r\n");
        Files.write(routes.resolve("._spaces.yml"), new byte[] {0, 5, 22, 7, (byte) 0xa3});
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", routes.resolve("pipe.yaml").toString())
                        .start()
                        .waitFor());
        Files.write(routes.resolve("bad.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
        Files.createDirectory(routes.resolve("folder.yaml"));
        Settings settings = SettingsLoader.load(home(), List.of("watch.period=1000", "watch.more=1"), Map.of());
        assertEquals("1000", settings.text(settings.keys().get("watch.period")));
        assertRefused("Unknown key watch.other", List.of("watch.other=1"), Map.of());
    }

    @Test
    void aUsersOwnSinkHasTheKeysThatEverySinkHas() throws IOException {
        Files.createDirectories(directory.resolve("routes"));
        Files.writeString(
                directory.resolve("routes/webhook.yaml"), "parameters: {sink: webhook, url: '{{watch.start}}'}");
        Settings settings = SettingsLoader.load(
                home(), List.of("webhook.start=oldest", "watch.start=5"), Map.of("WAYSIDE_WEBHOOK_LATE_AFTER", "2m"));
        assertEquals(Duration.ofMinutes(2), settings.get(SinkKeys.lateAfter("webhook")));
        assertEquals(Duration.ofSeconds(30), settings.get(SinkKeys.lateAfter("mqtt")));
        assertEquals(Duration.ofSeconds(30), load().get(SinkKeys.lateAfter("webhook")), "nobody set it");
        assertRefused(
                "webhook.late-after is 'soon' in --set; it must be a duration from 1s to 3650d",
                List.of("webhook.late-after=soon"),
                Map.of());
        assertRefused(
                "webhook.start is 'never' in --set; it must be newest or oldest.",
                List.of("webhook.start=never"),
                Map.of());
        Files.writeString(directory.resolve("routes/other.yaml"), "from: {uri: 'journal:other?batchSize=5'}");
        settings = SettingsLoader.load(home(), List.of("other.late-after=3m"), Map.of());
        assertEquals(Duration.ofMinutes(3), settings.get(SinkKeys.lateAfter("other")));
        assertRefused("Unknown key hook.late-after", List.of("hook.late-after=1s"), Map.of());
    }

    @Test
    void thePropertiesOfAnIntegrationOverrideTheFileAndAreOverriddenByTheRest() throws IOException {
        write("camera.url=from-file\nmqtt.url=tcp://from-file:1883\ndetect.score=0.4\ndevice=from-file\n");
        Map<String, String> camelK = camelK("camera.url=from-integration\nmqtt.url=tcp://from-integration:1883\n"
                + "device=from-integration\ncamel.main.duration-max-seconds=5\n");
        camelK.put("WAYSIDE_MQTT_URL", "tcp://from-env:1883");
        Settings settings = SettingsLoader.load(home(), List.of("device=from-set"), camelK);
        assertEquals("from-integration", settings.text(CameraKeys.URL));
        assertEquals(userProperties().toString(), settings.origin(CameraKeys.URL));
        assertEquals("tcp://from-env:1883", settings.text(MqttKeys.URL));
        assertEquals("0.4", settings.text(DetectKeys.SCORE));
        assertEquals("from-set", settings.asProperties().getProperty("device"));
        assertEquals("5", settings.asProperties().getProperty("camel.main.duration-max-seconds"));
    }

    @Test
    void aMistakeInThePropertiesOfAnIntegrationNamesTheirFile() throws IOException {
        Map<String, String> camelK = camelK("mqtt.ulr=tcp://x\n");
        assertRefused("Unknown key mqtt.ulr in " + userProperties() + ". Did you mean mqtt.url?", List.of(), camelK);
        Files.writeString(userProperties(), "mqtt.qos=9\n");
        assertRefused("mqtt.qos is '9' in " + userProperties() + "; it must be ", List.of(), camelK);
        Files.writeString(userProperties(), "mqtt.password=hunter2\n");
        String refusal = assertRefused("mqtt.password in " + userProperties() + " would show ", List.of(), camelK);
        assertFalse(refusal.contains("hunter2"), refusal);
    }

    @Test
    void theOtherVariablesOfCamelKChangeNothing() {
        Map<String, String> camelK = Map.of(
                "CAMEL_K_CONF_D",
                userProperties().getParent().toString(),
                "CAMEL_K_CONF",
                directory.resolve("application.properties").toString(),
                "CAMEL_K_DIGEST",
                "vq8",
                "CAMEL_K_INTEGRATION",
                "wayside");
        assertEquals("sample", SettingsLoader.load(home(), List.of(), camelK).text(CameraKeys.URL));
        SettingsLoader.load(home(), List.of(), Map.of("CAMEL_K_CONF_D", ""));
    }

    @Test
    void theVariablesOfOtherServicesAreNoSettings() {
        Map<String, String> ofKubernetes = Map.of(
                "WAYSIDE_PI_1_SERVICE_HOST", "10.43.0.7",
                "WAYSIDE_PI_1_SERVICE_PORT_HTTP", "8080",
                "WAYSIDE_PI_1_PORT", "tcp://10.43.0.7:8080",
                "WAYSIDE_PI_1_PORT_8080_TCP_ADDR", "10.43.0.7");
        assertEquals(
                "8080", SettingsLoader.load(home(), List.of(), ofKubernetes).text(PageKeys.PORT));
        assertRefused("WAYSIDE_PI_1_PORT is not a setting of Wayside", List.of(), Map.of("WAYSIDE_PI_1_PORT", "8080"));
    }

    private Map<String, String> camelK(String properties) throws IOException {
        Files.createDirectories(userProperties().getParent());
        Files.writeString(userProperties(), properties);
        return new HashMap<>(
                Map.of("CAMEL_K_CONF_D", userProperties().getParent().toString()));
    }

    private Path userProperties() {
        return directory.resolve("conf.d/user.properties");
    }

    private String assertRefused(String sentence, List<String> overrides, Map<String, String> environment) {
        SettingsException e =
                assertThrows(SettingsException.class, () -> SettingsLoader.load(home(), overrides, environment));
        assertTrue(e.getMessage().contains(sentence), e.getMessage());
        return e.getMessage();
    }

    private Settings load() {
        return SettingsLoader.load(home(), List.of(), Map.of());
    }

    private Home home() {
        return new Home(directory, directory);
    }

    private void write(String properties) throws IOException {
        Files.writeString(directory.resolve(SettingsLoader.FILE_NAME), properties);
    }
}
