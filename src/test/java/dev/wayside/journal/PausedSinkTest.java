package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.event;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.routes.KameletRouteController;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that a user pauses, or whose route is stopped. */
class PausedSinkTest extends JournalSink {
    private final AtomicBoolean hangs = new AtomicBoolean();
    private final AtomicBoolean delivering = new AtomicBoolean();

    /** Camel interrupts the call when its patience ends, and stops the consumer instead of suspending it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 50, 100})
    void deliversAgainWhenItIsResumedAfterACallThatOutlastedThePause(int millisAfterTheInterrupt) throws Exception {
        try (JournalFlow flow = controlled().sink("a", "newest", 10, exchange -> {
            if (hangs.compareAndSet(true, false)) {
                hang(millisAfterTheInterrupt);
            }
            receive.process(exchange);
        })) {
            hangs.set(true);
            flow.append(event(1));
            await().untilTrue(delivering);
            routes(flow).suspendRoute("a", 1, TimeUnit.SECONDS);
            assertEquals(List.of(), received);
            routes(flow).resumeRoute("a");
            await().until(() -> received.equals(List.of(event(1))));
            flow.append(event(2));
            await().until(() -> received.size() == 2);
            await().until(() -> state(flow) == SinkStatus.State.WORKS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kamelet:wayside-journal-source?sink=a&retryMax=1", "journal:a"})
    void deliversAgainAfterAStopAndAPause(String from) throws Exception {
        try (JournalFlow flow = controlled()) {
            flow.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(from).routeId("a").process(receive);
                }
            });
            routes(flow).stopRoute("a");
            routes(flow).suspendRoute("a", 1, TimeUnit.SECONDS);
            routes(flow).resumeRoute("a");
            flow.append(event(1));
            await().until(() -> received.equals(List.of(event(1))));
        }
    }

    @Test
    void aStopIsNoPauseAndAFailingSinkKeepsItsReason() throws Exception {
        Path file = directory.resolve("data/journal.db");
        try (JournalFlow flow = controlled().sink("a", "newest", 10, exchange -> {
            throw new IllegalStateException("the server is away");
        })) {
            flow.append(event(1));
            await().until(() -> flow.sinkStatus("a").get("last_error") != null);
            routes(flow).stopRoute("a");
            assertEquals(SinkStatus.State.FAILING, state(flow));
        }
        JournalReport.Sink seen = JournalClient.report(file).sinks().get(0);
        assertFalse(seen.paused());
        assertEquals("the server is away", seen.reason(Sinks.LATE_AFTER));
    }

    @Test
    void aLateSinkThatIsPausedIsNotOnTimeAgain() throws Exception {
        try (SinkLog log = new SinkLog()) {
            SinkHealth health = new SinkHealth("paused-late", System::nanoTime, Clock.systemUTC());
            JournalReport.Sink behind = new JournalReport.Sink(
                    "paused-late", true, false, 5, "2026-11-23T10:15:30.123Z", 3600, 0, 0, 0, 0, null);
            health.seen(behind, Duration.ofSeconds(30));
            health.paused(true);
            health.seen(behind, Duration.ofSeconds(30));
            assertEquals(1, log.of("paused-late").size(), () -> "" + log.of("paused-late"));
            assertTrue(log.of("paused-late").get(0).startsWith("WARN"));
        }
    }

    private void hang(int millisAfterTheInterrupt) throws InterruptedException {
        delivering.set(true);
        try {
            TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException e) {
            TimeUnit.MILLISECONDS.sleep(millisAfterTheInterrupt);
            throw new IllegalStateException("the call was interrupted", e);
        }
    }

    private JournalFlow controlled() throws Exception {
        JournalFlow flow = flow();
        flow.context().setRouteController(new KameletRouteController(flow.context()));
        return flow;
    }

    private static SinkStatus.State state(JournalFlow flow) {
        return flow.journal().sinks().lastStatus("a").state();
    }

    private static RouteController routes(JournalFlow flow) {
        return flow.context().getRouteController();
    }
}
