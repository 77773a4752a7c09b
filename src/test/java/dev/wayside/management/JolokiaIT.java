package dev.wayside.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayside.servers.WaysideProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jolokia of a running Wayside, and the addresses of the console. */
class JolokiaIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTEXT = "org.apache.camel:context=wayside,type=context,name=\"wayside\"";
    private static final String ROUTE = "org.apache.camel:context=wayside,type=routes,name=\"mqtt\"";

    @TempDir
    static Path directory;

    private static WaysideProcess wayside;
    private static JolokiaClient jolokia;

    @BeforeAll
    static void start() throws Exception {
        wayside = WaysideProcess.run(directory).awaitStarted();
        assertFalse(isLoaded("org.jolokia.server.core.http.HttpRequestHandler"), "before the first request");
        jolokia = new JolokiaClient(wayside.url());
        assertEquals("Started", jolokia.read(ROUTE, "State").get("value").asText());
        assertTrue(isLoaded("org.jolokia.server.core.http.HttpRequestHandler"), "after it");
    }

    @AfterAll
    static void stop() {
        wayside.close();
    }

    @Test
    void readsTheRoutesWithTheirPlaceholders() throws Exception {
        String xml = jolokia.exec(CONTEXT, "dumpRoutesAsXml()").get("value").asText();
        assertTrue(xml.contains("<route id=\"mqtt\" description=\"Publishes every event"), xml);
        assertTrue(xml.contains("url={{mqtt.url}}"), xml);
    }

    /** Hawtio takes the counters of a step from the statistics with its id. */
    @Test
    void theStepsOfTheSourceHaveTheIdsOfTheStatistics() throws Exception {
        String xml = jolokia.exec(CONTEXT, "dumpRoutesAsXml()").get("value").asText();
        String stats = jolokia.exec(CONTEXT, "dumpRoutesStatsAsXml", true, true)
                .get("value")
                .asText();
        List<String> ids = Pattern.compile("<processorStat id=\"([^\"]+)\"")
                .matcher(stats)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertTrue(ids.containsAll(List.of("front-detect", "publish", "show")), ids::toString);
        assertEquals(
                List.of(),
                ids.stream().filter(id -> !xml.contains(" id=\"" + id + "\"")).toList());
    }

    @Test
    void listsOnlyWhatMayBeRead() throws Exception {
        Set<String> domains = new TreeSet<>();
        jolokia.search().forEach(name -> domains.add(name.asText().replaceFirst(":.*", "")));
        assertEquals(Set.of("dev.wayside", "java.lang", "java.nio", "org.apache.camel"), domains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"remove()", "stop(long)", "updateRouteFromXml(java.lang.String)", "dumpRouteAsXml(boolean)"})
    void refusesOtherOperationsOfARoute(String operation) throws Exception {
        JsonNode answer = jolokia.exec(ROUTE, operation, "x");
        assertEquals(403, answer.get("status").asInt(), answer::toString);
        assertEquals("Started", jolokia.read(ROUTE, "State").get("value").asText());
    }

    @Test
    void refusesToSendAMessage() throws Exception {
        JsonNode answer = jolokia.exec(CONTEXT, "sendStringBody", "file:" + directory + "/sent", "x");
        assertEquals(403, answer.get("status").asInt(), answer::toString);
        assertFalse(directory.resolve("sent").toFile().exists());
    }

    @Test
    void refusesAHeapDumpAndEveryWrite() throws Exception {
        String dump = directory.resolve("heap.hprof").toString();
        JsonNode heap = jolokia.exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", dump, true);
        assertEquals(403, heap.get("status").asInt(), heap::toString);
        assertFalse(Path.of(dump).toFile().exists());
        JsonNode write = jolokia.write(ROUTE, "Tracing", "true");
        assertEquals(403, write.get("status").asInt(), write::toString);
    }

    @Test
    void connectsToNoOtherJvm() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + other.getLocalPort() + "/jmxrmi";
            ObjectNode request = JSON.createObjectNode().put("type", "read").put("mbean", "java.lang:type=Memory");
            request.putObject("target").put("url", url);
            jolokia.send(request);
            other.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, other::accept);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/hawtio/jolokia, 200",
        "/hawtio/jolokia/, 200",
        "/hawtio/jolokia/read/java.lang:type=Memory, 405",
        "/hawtio/jolokia/exec/java.lang:type=Memory/gc, 405",
        "/hawtio/jolokia?p=read/java.lang:type=Memory, 405",
        "/hawtio/jolokia/?type=read&mbean=java.lang:type=Memory, 405"
    })
    void aLinkCanOnlyAskForTheVersion(String path, int status) throws Exception {
        assertEquals(status, get(path).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/hawtio, 200, text/html",
        "/hawtio/, 200, text/html",
        "/hawtio/camel/routes, 200, text/html",
        "/hawtio/img/hawtio-logo.svg, 200, image/svg+xml",
        "/hawtio/user, 200, application/json",
        "/hawtio/hawtconfig.json, 200, application/json",
        "/hawtio/no.js, 404, application/json",
        "/hawtio/..%2fwayside.jar, 404, application/json",
        "/hawtio/%2e%2e/%2e%2e/wayside.jar, 404, application/json"
    })
    void theConsoleHasItsFilesAndNoOthers(String path, int status, String type) throws Exception {
        HttpResponse<String> response = get(path);
        assertEquals(status, response.statusCode());
        String actual = response.headers().firstValue("Content-Type").orElse("");
        assertTrue(actual.startsWith(type), actual);
        assertTrue(response.headers().firstValue("Content-Security-Policy").isPresent());
    }

    @Test
    void aSettingSwitchesItOff() throws Exception {
        try (WaysideProcess without = WaysideProcess.run(
                        directory, "http.hawtio=false", "mqtt.enabled=false", "journal.path=without.db")
                .awaitStarted()) {
            for (String path : new String[] {"/hawtio/", "/hawtio/jolokia"}) {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(without.url() + path)).build();
                HttpResponse<String> response =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                assertEquals(404, response.statusCode(), path);
            }
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(wayside.url() + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static boolean isLoaded(String type) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                        String.valueOf(wayside.process().pid()),
                        "VM.class_hierarchy",
                        type)
                .start();
        String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jcmd.waitFor(), printed);
        return printed.contains("|--" + type);
    }
}
