package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import dev.wayside.management.JolokiaClient;
import dev.wayside.servers.HttpStub;
import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret is shown anywhere, whatever fails. Each of these secrets is unique, so that it can be found in any output. */
class SecretsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** The secrets by the place where they are set. */
    private static final Map<String, String> SECRETS = Map.of(
            "mqtt.password", "hush-MQTT%41&+#",
            "influxdb.password", "hush-INFLUX%41&+#",
            "elasticsearch.password", "hush-ELASTIC%41&+#",
            "elasticsearch.api-key", "hushKEYabc==",
            "mqtt.password-file", "hush-MQTTFILE%41&+#",
            "camera.url, password", "hush-CAMERA",
            "camera.url, token", "hush-TOKEN");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"info, file", "debug, environment"})
    void noSecretIsInLogStatusPageJmxOrThreadDump(String how) throws Exception {
        boolean inFile = how.endsWith("file");
        Path password = Files.writeString(directory.resolve("secret.txt"), SECRETS.get("mqtt.password-file") + "\n");
        Files.writeString(
                directory.resolve("wayside.properties"),
                "camera.front.url=rtsp://admin:" + SECRETS.get("camera.url, password") + "@127.0.0.1:1/live?token="
                        + SECRETS.get("camera.url, token") + "\n");
        Map<String, String> environment = new TreeMap<>(Map.of(
                "WAYSIDE_INFLUXDB_PASSWORD", SECRETS.get("influxdb.password"),
                "WAYSIDE_ELASTICSEARCH_PASSWORD", SECRETS.get("elasticsearch.password")));
        if (inFile) {
            environment.put("WAYSIDE_ELASTICSEARCH_API_KEY", SECRETS.get("elasticsearch.api-key"));
        } else {
            environment.put("WAYSIDE_MQTT_PASSWORD", SECRETS.get("mqtt.password"));
        }
        try (HttpStub stores =
                        new HttpStub().answer("/", 401, "{\"error\":\"no\"}", Map.of("X-Influxdb-Version", "1"));
                WaysideProcess wayside = WaysideProcess.run(
                                directory,
                                environment,
                                "log.level=" + how.replaceFirst(",.*", ""),
                                "mqtt.url=tcp://127.0.0.1:" + Programs.freePort(),
                                "mqtt.username=wayside",
                                "mqtt.password-file=" + (inFile ? password : ""),
                                "influxdb.enabled=true",
                                "influxdb.url=" + stores.url(),
                                "influxdb.username=wayside",
                                "elasticsearch.enabled=true",
                                "elasticsearch.url=" + stores.url(),
                                "elasticsearch.username=wayside",
                                "cameras=front,sample",
                                "camera.sample.url=sample")
                        .awaitStarted()) {
            await().atMost(PATIENCE).until(() -> wayside.log().contains("elasticsearch: Elasticsearch at"));
            await().atMost(PATIENCE).until(() -> wayside.log().contains("influxdb: InfluxDB at"));
            await().atMost(PATIENCE).until(() -> wayside.log().contains("127.0.0.1:1 refuses the connection"));
            assertHidden("the status", wayside.status().toString());
            assertHidden("the page", get(wayside, "/"));
            for (String path : List.of("/health/ready", "/api/system", "/metrics")) {
                assertHidden(path, get(wayside, path));
            }
            assertHidden("JMX", jmx(wayside));
            assertHidden("Jolokia", jolokia(wayside));
            assertHidden("a thread dump", threads(wayside));
            wayside.process().destroy();
            wayside.awaitExit();
            assertHidden("the log", wayside.log());
        }
    }

    private static void assertHidden(String where, String text) {
        SECRETS.forEach((key, secret) -> {
            // Only the beginning, because the rest can be encoded differently.
            String part = secret.replaceAll("[^A-Za-z-].*", "");
            int at = text.indexOf(part);
            assertEquals(
                    -1,
                    at,
                    () -> key + " is in " + where + ": "
                            + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 60)));
        });
    }

    private static String get(WaysideProcess wayside, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(wayside.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String threads(WaysideProcess wayside) throws Exception {
        Process jstack = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jstack").toString(),
                        "-l",
                        String.valueOf(wayside.process().pid()))
                .start();
        String dump = new String(jstack.getInputStream().readAllBytes());
        assertEquals(0, jstack.waitFor());
        assertTrue(dump.contains("sink-mqtt"), dump);
        return dump;
    }

    /** Every attribute of every MBean, and the result of operations without parameters or with only booleans. */
    private static String jmx(WaysideProcess wayside) throws Exception {
        VirtualMachine machine =
                VirtualMachine.attach(String.valueOf(wayside.process().pid()));
        StringBuilder all = new StringBuilder();
        AtomicInteger shown = new AtomicInteger();
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            for (ObjectName name : beans.queryNames(null, null)) {
                all.append(name).append('\n');
                for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                    if (attribute.isReadable()) {
                        all.append(attribute(beans, name, attribute.getName())).append('\n');
                    }
                }
                for (MBeanOperationInfo operation : beans.getMBeanInfo(name).getOperations()) {
                    if (operation.getName().matches("(dump|list|browse).*(Xml|Yaml|Json|Source.*|Services|Endpoints)?")
                            && name.getDomain().equals("org.apache.camel")) {
                        all.append(result(beans, name, operation, shown)).append('\n');
                    }
                }
            }
        } finally {
            machine.detach();
        }
        assertTrue(all.indexOf("kamelet:wayside-elasticsearch-sink?") > 0, "it shows endpoints");
        assertTrue(shown.get() > 10, "so many operations: " + shown);
        return all.toString();
    }

    /** Everything that the policy allows. */
    private static String jolokia(WaysideProcess wayside) throws Exception {
        String all = new JolokiaClient(wayside.url()).everything();
        assertTrue(all.contains("password={{elasticsearch.password}}"), "it shows the routes");
        return all;
    }

    private static String attribute(MBeanServerConnection beans, ObjectName name, String attribute) throws Exception {
        try {
            Object value = beans.getAttribute(name, attribute);
            return value instanceof Object[] many ? Arrays.deepToString(many) : String.valueOf(value);
        } catch (JMException | RuntimeException e) {
            return attribute + " cannot be read: " + e;
        }
    }

    private static String result(
            MBeanServerConnection beans, ObjectName name, MBeanOperationInfo operation, AtomicInteger shown)
            throws Exception {
        List<String> types = Arrays.stream(operation.getSignature())
                .map(parameter -> parameter.getType())
                .toList();
        if (!types.stream().allMatch(type -> type.equals("boolean"))) {
            return "";
        }
        Object[] yes = types.stream().map(type -> true).toArray();
        try {
            Object value = beans.invoke(name, operation.getName(), yes, types.toArray(String[]::new));
            shown.incrementAndGet();
            return String.valueOf(value);
        } catch (JMException | RuntimeException e) {
            return operation.getName() + " fails: " + e;
        }
    }
}
