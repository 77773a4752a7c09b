package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.Server;
import dev.wayside.servers.SharedServers;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A sink with a proxy before its server, what a subclass has to say of both, and how to see what arrived. */
@ExtendWith(SharedServers.class)
abstract class SinkUnderTest {
    static final Duration PATIENCE = Duration.ofSeconds(120);
    /** After so long nothing more comes of what was delivered. */
    static final Duration QUIET = Duration.ofMillis(200);

    @TempDir
    Path directory;

    /** Another device for each test: nobody sees the events of another. */
    final String device = "pi-" + UUID.randomUUID();

    final FaultProxy proxy;
    SinkRoute sink;

    final Server server;
    final Words words;

    SinkUnderTest(Server server, Words words) {
        this.server = server;
        this.words = words;
        this.proxy = new FaultProxy(server.port());
    }

    /**
     * What the sink says of its server.
     *
     * @param unavailable the exception that means: try it again
     * @param absent when nobody listens
     * @param broken when the connection went; any of these
     * @param silent when no answer comes
     * @param longestWait for that answer, on a machine that is busy elsewhere
     */
    record Words(
            Class<? extends Exception> unavailable,
            String absent,
            Set<String> broken,
            String silent,
            Duration longestWait) {}

    /** The sink, let in at this port. */
    abstract SinkRoute connect(int port) throws Exception;

    /** The same with as little patience for an answer as it can be told to have. */
    SinkRoute connectImpatiently(int port) throws Exception {
        return connect(port);
    }

    /** The same over TLS, trusting nobody but this authority. */
    abstract SinkRoute connectOverTls(int port, String ca) throws Exception;

    /** The same with a secret that the server does not know. */
    abstract SinkRoute connectAsStranger(int port, String ca) throws Exception;

    /** What is said of the stranger. */
    abstract String strangers();

    /** The port for TLS. */
    abstract int tlsPort();

    /** Who signed the certificate there; asked after the port. */
    abstract String ca();

    /** Whether a sink just made can take events. */
    abstract boolean isReady(SinkRoute made);

    /** Whoever looks into the server has to begin anew when the server did. */
    abstract void lookAgain();

    /** What arrived of this test's device: for each event its key there, twice when it is there twice. */
    abstract List<String> arrived();

    /** That key; it has something of the content, too. */
    abstract String key(Map<String, Object> event) throws Exception;

    /** Whether events of a batch that failed half way may come twice. */
    abstract boolean mayRepeat();

    /** Makes an event too large. */
    abstract void enlarge(Map<String, Object> event);

    @AfterEach
    void stop() {
        if (sink != null) {
            sink.close();
        }
        proxy.close();
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
            event.put("objects_0_label", "Lkw \u2013 gro\u00df");
            events.add(event);
        }
        return events;
    }

    /** Makes the sink, with the proxy before its server. */
    void open() throws Exception {
        sink = connect(proxy.port());
        awaitReady();
    }

    void awaitReady() {
        await().atMost(PATIENCE).until(() -> isReady(sink));
    }

    /** All of them at the first attempt. */
    Map<String, String> deliver(List<Map<String, Object>> events) {
        try {
            Map<String, String> rejected = sink.deliver(events);
            assertEquals(Map.of(), rejected);
            return rejected;
        } catch (Exception e) {
            throw new AssertionError("not delivered", e);
        }
    }

    /** Again and again, as a journal would. */
    void assertDelivers(List<Map<String, Object>> events) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertEquals(Map.of(), sink.deliver(events)));
    }

    /** Spoils one of many events; that one is rejected, and the others arrive. */
    void assertRejects(Consumer<Map<String, Object>> spoil, String words) throws Exception {
        List<Map<String, Object>> events = events(20);
        open();
        deliver(events.subList(0, 1));
        Map<String, Object> bad = events.get(13);
        spoil.accept(bad);
        Map<String, String> rejected = sink.deliver(events.subList(1, 20));
        assertEquals(Set.of(bad.get("id")), rejected.keySet());
        assertTrue(rejected.get(bad.get("id")).contains(words), rejected::toString);
        events.remove(bad);
        assertArrivedOnce(events);
    }

    void awaitFailure(List<Map<String, Object>> events, String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertFails(events, part));
    }

    void assertFails(List<Map<String, Object>> events, String part) {
        assertFails(events, Set.of(part));
    }

    void assertFails(List<Map<String, Object>> events, Set<String> parts) {
        Throwable failure = assertThrows(Exception.class, () -> sink.deliver(events));
        while (!words.unavailable().isInstance(failure) && failure.getCause() != null) {
            failure = failure.getCause();
        }
        assertInstanceOf(words.unavailable(), failure);
        String message = String.valueOf(failure.getMessage());
        assertTrue(parts.stream().anyMatch(message::contains), failure::toString);
    }

    void assertArrivedOnce(List<Map<String, Object>> events) throws Exception {
        List<String> keys = keys(events);
        await().during(QUIET)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertEquals(keys, arrived().stream().sorted().toList()));
    }

    /** Once where the server can tell that it has an event, at least once where it cannot. */
    void assertArrived(List<Map<String, Object>> events) throws Exception {
        if (!mayRepeat()) {
            assertArrivedOnce(events);
            return;
        }
        Set<String> keys = new TreeSet<>(keys(events));
        await().during(QUIET).atMost(PATIENCE).untilAsserted(() -> assertEquals(keys, new TreeSet<>(arrived())));
    }

    List<String> keys(List<Map<String, Object>> events) throws Exception {
        List<String> keys = new ArrayList<>();
        for (Map<String, Object> event : events) {
            keys.add(key(event));
        }
        return keys.stream().sorted().toList();
    }
}
