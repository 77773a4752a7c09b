package dev.wayside.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.health.PartCheck.Meaning;
import dev.wayside.servers.Programs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The health paths on Camel's real server, with parts whose condition the test sets. */
class HealthPathsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Condition GOOD = Condition.good(Map.of("model", "test"));

    private final int port = Programs.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean started = new AtomicBoolean(true);
    private final AtomicReference<Condition> detector = new AtomicReference<>(GOOD);
    private final AtomicReference<Condition> journal = new AtomicReference<>(GOOD);
    private final AtomicReference<Condition> sink = new AtomicReference<>(GOOD);
    private final Main main = new Main();

    @BeforeEach
    void start() {
        main.addInitialProperty("camel.main.name", "health");
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", String.valueOf(port));
        main.addInitialProperty("camel.health.routesEnabled", "false");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                bindTo(support.getCamelContext());
            }
        });
        main.start();
    }

    private void bindTo(CamelContext context) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        checks.register(new PartCheck("detector", detector::get, Meaning.NOT_LIVE, Meaning.NOT_READY));
        checks.register(new PartCheck("journal", journal::get, Meaning.NOT_READY));
        checks.register(new PartCheck("sink-mqtt", sink::get));
        context.addLifecycleStrategy(new HealthPaths(
                port,
                started::get,
                () -> Map.of("state", "running", "reasons", List.of()),
                request -> request.request().getParam("guest") == null));
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aPartThatCanOnlyBeRestartedIsNeitherLiveNorReady() throws Exception {
        detector.set(Condition.bad("hangs", Map.of()));
        assertEquals(503, get("/health/live").statusCode());
        assertEquals(503, get("/health/ready").statusCode());
        assertEquals(200, get("/health/started").statusCode());
    }

    @Test
    void aPartThatCannotWorkNowIsLiveButNotReady() throws Exception {
        journal.set(Condition.bad("the disk is full", Map.of("free_bytes", 0)));
        assertEquals(200, get("/health/live").statusCode());
        HttpResponse<String> ready = get("/health/ready");
        assertEquals(503, ready.statusCode());
        JsonNode check = check(ready, "wayside-journal");
        assertEquals("DOWN", check.get("status").asText());
        assertEquals("the disk is full", check.get("message").asText());
        assertEquals(0, check.at("/data/free_bytes").asInt());
    }

    @Test
    void aFailingSinkIsShownButLiveAndReady() throws Exception {
        sink.set(Condition.bad("the broker is away", Map.of("state", "failing")));
        assertEquals(200, get("/health/live").statusCode());
        HttpResponse<String> ready = get("/health/ready");
        assertEquals(200, ready.statusCode());
        assertEquals("DOWN", check(ready, "wayside-sink-mqtt").get("status").asText());
    }

    @Test
    void nothingIsReadyBeforeEverythingHasStarted() throws Exception {
        started.set(false);
        assertEquals(503, get("/health/started").statusCode());
        assertEquals(503, get("/health/ready").statusCode());
        assertEquals(200, get("/health/live").statusCode());
    }

    @Test
    void thoseWhoMayNotReadDetailsGetTheBareStatus() throws Exception {
        journal.set(Condition.bad("the disk of pi-01 is full", Map.of()));
        for (String options : List.of("", "&exposureLevel=full", "&data=true&stackTrace=true")) {
            assertEquals(
                    "{\"status\":\"DOWN\"}",
                    get("/health/ready?guest" + options).body());
            assertEquals(
                    "{\"status\":\"UP\"}", get("/health/live?guest" + options).body());
        }
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        HttpRequest post = request("/health/live")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void jmxHasTheChecks() throws Exception {
        Set<ObjectName> names = ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.apache.camel:context=health,type=health,*"), null);
        assertEquals(1, names.size());
        Collection<?> ids = (Collection<?>) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(names.iterator().next(), "HealthChecksIDs");
        assertFalse(ids.isEmpty());
        assertEquals(
                Set.of("wayside-detector", "wayside-journal", "wayside-sink-mqtt"),
                Set.copyOf(ids.stream()
                        .filter(id -> id.toString().startsWith("wayside-"))
                        .toList()));
    }

    private static JsonNode check(HttpResponse<String> answer, String name) throws IOException {
        for (JsonNode check : JSON.readTree(answer.body()).get("checks")) {
            if (check.get("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }
}
