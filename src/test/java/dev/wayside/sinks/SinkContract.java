package dev.wayside.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.Reason;
import dev.wayside.servers.Server;
import dev.wayside.servers.TestCertificates;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every sink must be able to do, whatever happens to its server. {@link StoreContract} and {@link BrokerContract}
 * say what is meant for a kind of server; a subclass of theirs says which server, and how to look into it.
 */
abstract class SinkContract extends SinkUnderTest {
    SinkContract(Server server, Words words) {
        super(server, words);
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
            assertTrue(String.valueOf(failure).contains("(a map with an 'id') or a list of them"), failure::toString);
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
        awaitFailure(events, "has a certificate that is not signed by a trusted CA");
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
}
