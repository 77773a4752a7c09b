package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.SinkStatus.State;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkStatusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("journal.db");
    }

    @Test
    void aSinkWhoseCallNeverReturnsBecomesLateInTheStatusInJmxAndInTheLog() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("dev.wayside:type=Sink,name=hanging");
        CountDownLatch hang = new CountDownLatch(1);
        try (SinkLog said = new SinkLog();
                JournalFlow flow = new JournalFlow(file)) {
            Sinks sinks = flow.journal().sinks();
            sinks.lateAfter(sink -> Duration.ofMinutes(sink.equals("hanging") ? 2 : 9));
            flow.sink("hanging", "newest", 10, exchange -> hang.await());
            assertEquals("idle", server.getAttribute(name, "State"));
            flow.append(event(1));
            flow.append(event(2));
            assertEquals("idle", sinks.status().get(0).get("state"), "two events wait, but not for long");
            makeOlder(flow, Duration.ofMinutes(3));
            Map<String, Object> status = sinks.status().get(0);
            assertEquals("late", status.get("state"));
            assertEquals(2L, status.get("backlog"));
            assertTrue((long) status.get("waiting_seconds") >= 180, status::toString);
            assertTrue(
                    String.valueOf(status.get("reason"))
                            .matches(
                                    "its oldest event has waited 3 min.*, longer than hanging\\.late-after \\(2 min\\);"
                                            + " 2 events wait"),
                    status::toString);
            await().atMost(PATIENCE)
                    .until(() -> server.getAttribute(name, "State").equals("late"));
            assertEquals(2L, server.getAttribute(name, "Backlog"));
            hang.countDown();
            await().atMost(PATIENCE)
                    .until(() -> sinks.status().get(0).get("state").equals("works"));
            assertNull(sinks.status().get(0).get("reason"));
            await().atMost(PATIENCE).until(() -> said.of("hanging").size() == 2);
            assertTrue(said.of("hanging").get(0).startsWith("WARN hanging: its oldest event has waited 3 min"));
            assertTrue(said.of("hanging").get(1).startsWith("INFO hanging is on time again after "));
        }
    }

    @Test
    void theWaitGrowsWhileNoEventIsAccepted() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, exchange -> hang.await())) {
            flow.append(event(1));
            await().atMost(PATIENCE).until(() -> (long) flow.sinkStatus("a").get("waiting_seconds") >= 2);
            hang.countDown();
        }
    }

    @Test
    void aFailureIsInTheStatusAtOnceAndThenInTheFile() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        try (SinkLog said = new SinkLog();
                JournalFlow flow = new JournalFlow(file).sink("failing", "newest", 10, exchange -> {
                    if (down.get()) {
                        throw new IllegalStateException("the server is away");
                    }
                })) {
            flow.append(event(1));
            await().atMost(PATIENCE).until(() -> state(flow, "failing") == State.FAILING);
            SinkStatus status = flow.journal().sinks().statuses().get(0);
            assertEquals("the server is away", status.reason());
            assertEquals(1, status.progress().backlog());
            await().atMost(PATIENCE).until(() -> lastErrorInTheFile(flow).equals(List.of("the server is away")));
            down.set(false);
            await().atMost(PATIENCE).until(() -> state(flow, "failing") == State.WORKS);
            await().atMost(PATIENCE).until(() -> lastErrorInTheFile(flow).equals(List.of("-")));
            assertEquals(2, said.of("failing").size(), () -> said.of("failing").toString());
        }
    }

    @Test
    void aSinkThatRefusesEverythingIsFailingInTheFileToo() throws Exception {
        AtomicBoolean picky = new AtomicBoolean(true);
        try (JournalFlow flow = new JournalFlow(file).sink("refusing", "newest", 5, exchange -> {
            if (picky.get()) {
                batch(exchange).forEach(each -> reject(exchange, each, "no such type"));
            }
        })) {
            for (int i = 1; i <= 2; i++) {
                flow.append(event(i));
            }
            await().atMost(PATIENCE)
                    .until(() -> flow.sinkStatus("refusing").get("backlog").equals(0L));
            assertEquals(State.WORKS, state(flow, "refusing"));
            flow.append(event(3));
            await().atMost(PATIENCE).until(() -> state(flow, "refusing") == State.FAILING);
            await().atMost(PATIENCE).until(() -> lastErrorInTheFile(flow)
                    .get(0)
                    .startsWith("permanently refused each of its last 3 events: no such type; "));
            picky.set(false);
            flow.append(event(4));
            await().atMost(PATIENCE).until(() -> state(flow, "refusing") == State.WORKS);
            await().atMost(PATIENCE).until(() -> lastErrorInTheFile(flow).equals(List.of("-")));
        }
    }

    @Test
    void aDisabledSinkIsNoReasonHoweverLongItsEventsWait() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("off", "newest", 10, exchange -> {
            throw new IllegalStateException("away");
        })) {
            flow.append(event(1));
            await().atMost(PATIENCE).until(() -> lastErrorInTheFile(flow).equals(List.of("away")));
        }
        try (JournalFlow flow = new JournalFlow(file).sink("on", "newest", 10, exchange -> {})) {
            flow.journal().registered();
            flow.append(event(2));
            makeOlder(flow, Duration.ofHours(1));
            assertEquals(false, flow.sinkStatus("off").get("active"));
            assertTrue((long) flow.sinkStatus("off").get("waiting_seconds") >= 3600);
            await().atMost(PATIENCE).until(() -> state(flow, "on") == State.WORKS);
            assertEquals(
                    List.of("on"),
                    flow.journal().sinks().statuses().stream()
                            .map(SinkStatus::name)
                            .toList());
        }
    }

    @Test
    void aSinkThatIsRegisteredAgainIsIdle() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.journal().register("a", "newest");
            flow.journal().sinks().failed("a", new IllegalStateException("away"));
            assertEquals(State.FAILING, state(flow, "a"));
            flow.journal().register("a", "newest");
            assertEquals(State.IDLE, state(flow, "a"));
        }
    }

    @Test
    void aStateThatCouldNotBeWrittenIsWrittenWithTheNextAttempt() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            Sinks sinks = flow.journal().sinks();
            flow.journal().register("a", "newest");
            stuck(flow, true);
            sinks.failed("a", new IllegalStateException("away"));
            stuck(flow, false);
            assertEquals(List.of("-"), lastErrorInTheFile(flow));
            sinks.failed("a", new IllegalStateException("away"));
            assertEquals(List.of("away"), lastErrorInTheFile(flow));
            stuck(flow, true);
            sinks.works("a");
            stuck(flow, false);
            sinks.works("a");
            assertEquals(List.of("-"), lastErrorInTheFile(flow));
        }
    }

    private static void stuck(JournalFlow flow, boolean now) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            Sql.execute(
                    connection,
                    now
                            ? "create trigger stuck before update on cursor begin select raise(fail, 'stuck'); end"
                            : "drop trigger stuck");
        }
    }

    @Test
    void aSinkIsInTheStatusWhileTheJournalCannotBeOpened() throws Exception {
        try (Journal journal = new Journal(file, 1L << 30, Duration.ofDays(1))) {
            journal.register("a", "newest");
            Map<String, Object> status = journal.sinks().status().get(0);
            assertEquals("idle", status.get("state"));
            assertFalse(status.containsKey("backlog"));
        }
    }

    private static State state(JournalFlow flow, String sink) {
        return flow.journal().sinks().statuses().stream()
                .filter(each -> each.name().equals(sink))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static List<String> lastErrorInTheFile(JournalFlow flow) throws Exception {
        return Sql.rows(flow.journal(), "select coalesce(last_error, '-') from cursor");
    }

    private static void makeOlder(JournalFlow flow, Duration by) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            Sql.execute(connection, "update event set accepted = accepted - " + by.toMillis());
        }
    }
}
