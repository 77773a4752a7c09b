package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.StoreServer;
import dev.wayside.servers.TestCertificates;
import dev.wayside.servers.TlsProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What every sink to a store must be able to do; a subclass says which store, and how to look into it. */
@ExtendWith(SharedServers.class)
abstract class SinkContract {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    /** Another device for each test: nobody sees the events of another. */
    private final String device = "pi-" + UUID.randomUUID();

    private final StoreServer server;
    private final FaultProxy proxy;
    private SinkRoute sink;

    SinkContract(StoreServer server) {
        this.server = server;
        this.proxy = new FaultProxy(server.port());
    }

    /** The kamelet's name. */
    abstract String kamelet();

    /** Parameters that let it in at this url. */
    abstract Map<String, String> parameters(String url);

    /** The same with a secret that the server does not know, and in {@code https://} where the kind of it wants that. */
    abstract Map<String, String> wrongCredentials(String url);

    /** Who is let in by a proxy that asks; none when the server asks itself. */
    abstract String[] authorizations();

    /** What the store has of this device: for each event its key there, twice when it stands twice. */
    abstract List<String> stored(String device);

    /** That key. */
    abstract String key(Map<String, Object> event);

    /** Makes an event one that the server itself refuses, and prepares the server if need be. */
    abstract void spoil(Map<String, Object> event);

    /** Makes an event too large. */
    abstract void enlarge(Map<String, Object> event);

    /** A part of what the server says of a spoilt event. */
    abstract String refusal();

    @AfterEach
    void stop() {
        if (sink != null) {
            sink.close();
        }
        proxy.close();
    }

    @Test
    void deliversEachEventOnceEvenWhenTheBatchIsSentAgain() throws Exception {
        List<Map<String, Object>> events = events(50);
        open();
        assertEquals(Map.of(), sink.deliver(events));
        assertEquals(Map.of(), sink.deliver(events));
        assertStoredOnce(events);
    }

    @Test
    void startsWithoutItsServerAndDeliversWhenItIsThere() throws Exception {
        List<Map<String, Object>> events = events(10);
        proxy.refuse();
        open();
        assertFails(events, "refuses the connection");
        proxy.restore();
        assertDelivers(events);
        assertStoredOnce(events);
    }

    @Test
    void deliversWhenItsServerDiedAndCameBack() throws Exception {
        List<Map<String, Object>> before = events(10);
        open();
        sink.deliver(before);
        List<Map<String, Object>> after = events(10);
        server.kill();
        try {
            assertThrows(Exception.class, () -> sink.deliver(after));
        } finally {
            server.start();
        }
        assertDelivers(after);
        before.addAll(after);
        assertStoredOnce(before);
    }

    @Test
    void deliversEachEventOnceWhenTheConnectionIsCutInTheMiddleOfABatch() throws Exception {
        List<Map<String, Object>> events = events(2000);
        open();
        sink.deliver(events.subList(0, 1));
        proxy.cutAfter(8000);
        assertFails(events, "broke the connection");
        proxy.restore();
        assertDelivers(events);
        assertStoredOnce(events);
    }

    @Test
    void deliversToASlowServer() throws Exception {
        List<Map<String, Object>> events = events(20);
        open();
        proxy.slow(Duration.ofMillis(300));
        assertDelivers(events);
        assertStoredOnce(events);
    }

    @Test
    void givesUpOnADeadConnectionInTimeAndRecovers() throws Exception {
        List<Map<String, Object>> events = events(10);
        open();
        sink.deliver(events.subList(0, 5));
        proxy.swallow();
        assertTimeout(Duration.ofSeconds(8), () -> assertFails(events, "did not answer within 3 s"));
        proxy.restore();
        assertDelivers(events);
        assertStoredOnce(events);
    }

    @Test
    void rejectsABadEventInTheServersOwnWordsAndDeliversTheOthers() throws Exception {
        List<Map<String, Object>> events = events(20);
        open();
        sink.deliver(events.subList(0, 1));
        Map<String, Object> bad = events.get(13);
        spoil(bad);
        Map<String, String> rejected = sink.deliver(events);
        assertEquals(Set.of(bad.get("id")), rejected.keySet());
        assertTrue(rejected.get(bad.get("id")).contains(refusal()), rejected::toString);
        events.remove(bad);
        assertStoredOnce(events);
    }

    @Test
    void rejectsAnEventThatIsTooLargeAndDeliversTheOthers() throws Exception {
        List<Map<String, Object>> events = events(3);
        enlarge(events.get(1));
        open();
        assertEquals(Set.of(events.get(1).get("id")), sink.deliver(events).keySet());
        events.remove(1);
        assertStoredOnce(events);
    }

    @Test
    void saysThatTheCredentialsAreWrong() throws Exception {
        TestCertificates certificates = new TestCertificates(directory).rsa("server");
        try (TlsProxy tls = new TlsProxy(certificates, "server", server.port(), authorizations())) {
            Map<String, String> wrong = wrongCredentials("https://localhost:" + tls.port());
            wrong.put("caFile", certificates.ca());
            sink = new SinkRoute(kamelet(), wrong);
            assertFails(events(1), "does not accept");
        }
    }

    @Test
    void trustsItsOwnAuthorityAndNoOther() throws Exception {
        List<Map<String, Object>> events = events(5);
        TestCertificates certificates = new TestCertificates(directory).rsa("server");
        TestCertificates others = new TestCertificates(Files.createDirectory(directory.resolve("others")));
        try (TlsProxy tls = new TlsProxy(certificates, "server", server.port(), authorizations())) {
            Map<String, String> parameters = parameters("https://localhost:" + tls.port());
            parameters.put("caFile", others.ca());
            sink = new SinkRoute(kamelet(), parameters);
            assertFails(events, "TLS failed");
            sink.close();
            parameters.put("caFile", certificates.ca());
            sink = new SinkRoute(kamelet(), parameters);
            sink.deliver(events);
            assertStoredOnce(events);
        }
    }

    @Test
    void deliversAfterItsRouteWasStoppedAndStarted() throws Exception {
        List<Map<String, Object>> events = events(5);
        open();
        sink.deliver(events.subList(0, 2));
        sink.context().getRouteController().stopRoute("sink-route");
        sink.context().getRouteController().startRoute("sink-route");
        sink.deliver(events);
        assertStoredOnce(events);
    }

    /** Flat events of this test's device, in milliseconds of their own. */
    List<Map<String, Object>> events(int count) {
        Instant first = Instant.now().minusSeconds(3600);
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("schema", "wayside.event/1");
            event.put("id", device + "/front/" + UUID.randomUUID());
            event.put("device", device);
            event.put("camera", "front");
            event.put("time", Instant.ofEpochMilli(first.toEpochMilli() + i).toString());
            event.put("sequence", i + 1);
            event.put("inference_ms", 15.2);
            event.put("car_count", i % 5);
            event.put("person_count", 0);
            events.add(event);
        }
        return events;
    }

    private void open() throws Exception {
        sink = new SinkRoute(kamelet(), parameters("http://127.0.0.1:" + proxy.port()));
    }

    private void assertFails(List<Map<String, Object>> events, String words) {
        Exception e = assertThrows(Exception.class, () -> sink.deliver(events));
        assertTrue(String.valueOf(e.getMessage()).contains(words), e::toString);
    }

    /** Again and again, as a journal would. */
    private void assertDelivers(List<Map<String, Object>> events) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertEquals(Map.of(), sink.deliver(events)));
    }

    private void assertStoredOnce(List<Map<String, Object>> events) {
        List<String> stored = stored(device);
        assertEquals(
                events.stream().map(this::key).collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(stored));
        assertEquals(events.size(), stored.size());
    }
}
