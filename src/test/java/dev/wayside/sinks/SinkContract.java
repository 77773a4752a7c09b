package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.Reason;
import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.Server;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every sink must be able to do, whatever happens to its server. {@link StoreContract} and {@link BrokerContract}
 * say what is meant for a kind of server; a subclass of theirs says which server, and how to look into it.
 */
@ExtendWith(SharedServers.class)
abstract class SinkContract {
    static final Duration PATIENCE = Duration.ofSeconds(120);
    /** After so long nothing more comes of what was delivered. */
    private static final Duration QUIET = Duration.ofMillis(200);

    @TempDir
    Path directory;

    /** Another device for each test: nobody sees the events of another. */
    final String device = "pi-" + UUID.randomUUID();

    final FaultProxy proxy;
    SinkRoute sink;

    private final Server server;
    private final Words words;

    SinkContract(Server server, Words words) {
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

    @Test
    void deliversEachEventOnce() throws Exception {
        List<Map<String, Object>> events = events(50);
        open();
        deliver(events);
        assertArrivedOnce(events);
    }

    @Test
    void startsWithoutItsServerAndDeliversWhenItIsThere() throws Exception {
        List<Map<String, Object>> events = events(10);
        proxy.refuse();
        sink = connect(proxy.port());
        awaitFailure(events, words.absent());
        proxy.restore();
        assertDelivers(events);
        assertArrivedOnce(events);
    }

    @Test
    void deliversWhenItsServerDiesInTheMiddleOfABatchAndComesBack() throws Exception {
        List<Map<String, Object>> events = events(10);
        open();
        deliver(events);
        assertArrivedOnce(events);
        List<Map<String, Object>> later = events(50);
        FutureTask<Void> death = new FutureTask<>(server::kill, null);
        // Fewer than 50 events have when they are packed, and more than one.
        proxy.cutAfter(500, death);
        try {
            assertThrows(Exception.class, () -> sink.deliver(later));
            death.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            proxy.restore();
            death.run();
            death.get();
            server.start();
        }
        lookAgain();
        assertDelivers(later);
        events.addAll(later);
        assertArrived(events);
    }

    @Test
    void deliversWhenTheConnectionIsCutInTheMiddleOfABatch() throws Exception {
        List<Map<String, Object>> events = events(100);
        open();
        deliver(events.subList(0, 1));
        proxy.cutAfter(1000);
        assertFails(events, words.broken());
        proxy.restore();
        assertDelivers(events);
        assertArrived(events);
    }

    @Test
    void deliversToASlowServer() throws Exception {
        List<Map<String, Object>> events = events(5);
        open();
        proxy.slow(Duration.ofMillis(200));
        deliver(events);
        assertArrivedOnce(events);
    }

    @Test
    void givesUpOnADeadConnectionInTimeAndRecovers() throws Exception {
        List<Map<String, Object>> events = events(10);
        sink = connectImpatiently(proxy.port());
        awaitReady();
        assertDelivers(events.subList(0, 5));
        proxy.swallow();
        assertTimeout(words.longestWait(), () -> assertFails(events, words.silent()));
        proxy.restore();
        assertDelivers(events);
        assertArrived(events);
    }

    /** A test of each sink's own, by {@link #assertRejects} where the server can refuse one event among others. */
    abstract void rejectsWhatTheServerRefusesInItsOwnWords() throws Exception;

    @Test
    void rejectsAnEventThatIsTooLargeAndDeliversTheOthers() throws Exception {
        List<Map<String, Object>> events = events(3);
        enlarge(events.get(1));
        open();
        assertEquals(Set.of(events.get(1).get("id")), sink.deliver(events).keySet());
        events.remove(1);
        assertArrivedOnce(events);
    }

    @ParameterizedTest
    @EnumSource(SinkRoute.Shape.class)
    void keepsARefusalInRoutesOfEveryShape(SinkRoute.Shape shape) throws Exception {
        List<Map<String, Object>> events = events(5);
        enlarge(events.get(3));
        open();
        Set<Object> refused = new HashSet<>(Set.of(events.get(3).get("id")));
        if (shape == SinkRoute.Shape.AFTER_A_REJECTION) {
            refused.add(events.get(0).get("id"));
        }
        assertEquals(refused, sink.deliver(events, shape).keySet());
        events.removeIf(event -> refused.contains(event.get("id")));
        assertArrived(events);
    }

    @Test
    void takesASingleEventThatIsOfNoBatch() throws Exception {
        open();
        Map<String, Object> event = events(1).get(0);
        sink.deliverAlone(event);
        assertArrivedOnce(List.of(event));
    }

    @Test
    void aRefusalThatNobodyKeepsIsAnError() throws Exception {
        open();
        Map<String, Object> event = events(1).get(0);
        enlarge(event);
        Exception failure = assertThrows(Exception.class, () -> sink.deliverAlone(event));
        String words = Reason.of(failure);
        assertTrue(words.startsWith("the event " + event.get("id") + " is refused: "), words);
    }

    @Test
    void saysWhatItTakes() throws Exception {
        open();
        for (Object body : List.of("text", List.of(1), Map.of("device", device))) {
            Throwable failure = assertThrows(Exception.class, () -> sink.deliverAlone(body));
            assertTrue(String.valueOf(failure).contains("maps with an 'id', one or a list of them"), failure::toString);
        }
    }

    @Test
    void saysThatTheCredentialsAreWrong() throws Exception {
        sink = connectAsStranger(tlsPort(), ca());
        awaitFailure(events(1), strangers());
    }

    @Test
    void trustsItsOwnAuthorityAndNoOther() throws Exception {
        List<Map<String, Object>> events = events(5);
        TestCertificates others = new TestCertificates(Files.createDirectory(directory.resolve("others")));
        sink = connectOverTls(tlsPort(), others.ca());
        awaitFailure(events, "has a certificate that no trusted CA has signed");
        sink.close();
        sink = connectOverTls(tlsPort(), ca());
        awaitReady();
        deliver(events);
        assertArrivedOnce(events);
    }

    @Test
    void deliversAfterItsRoutesWereStoppedAndStarted() throws Exception {
        List<Map<String, Object>> events = events(5);
        open();
        deliver(events.subList(0, 2));
        sink.restart();
        deliver(events);
        assertArrived(events);
    }

    @Test
    void deliversTheSameBatchAgainAfterTheWholePipelineWasStoppedAndStarted() throws Exception {
        List<Map<String, Object>> events = events(5);
        open();
        deliver(events);
        sink.close();
        open();
        deliver(events);
        assertArrived(events);
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

    private void awaitReady() {
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

    private void awaitFailure(List<Map<String, Object>> events, String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertFails(events, part));
    }

    void assertFails(List<Map<String, Object>> events, String part) {
        assertFails(events, Set.of(part));
    }

    private void assertFails(List<Map<String, Object>> events, Set<String> parts) {
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

    private List<String> keys(List<Map<String, Object>> events) throws Exception {
        List<String> keys = new ArrayList<>();
        for (Map<String, Object> event : events) {
            keys.add(key(event));
        }
        return keys.stream().sorted().toList();
    }
}
