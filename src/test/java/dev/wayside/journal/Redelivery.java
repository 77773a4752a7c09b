package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose sink records its events, and a client that requests replays and retries over its own connection. */
abstract class Redelivery {
    /** The time of event n is n seconds after this. */
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    Path file;
    final List<String> received = new CopyOnWriteArrayList<>();
    final Map<Integer, String> refusals = new ConcurrentHashMap<>();
    final Processor sink = this::receive;

    /** Records the kind and number of each event, and refuses those in {@code refusals}. */
    void receive(Exchange exchange) {
        for (Map<String, Object> each : batch(exchange)) {
            String words = refusals.get(each.get("sequence"));
            if (words != null) {
                reject(exchange, each, words);
            } else {
                received.add(exchange.getVariable("kind") + " " + each.get("sequence"));
            }
        }
    }

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("journal.db");
    }

    /** A journal with a sink that needs a permit for each replayed or retried batch. */
    JournalFlow flowThatRepeatsOnlyWith(Semaphore permits) throws Exception {
        return new JournalFlow(file).sink("a", "newest", 4, exchange -> {
            if (!"new".equals(exchange.getVariable("kind"))) {
                permits.acquire();
            }
            receive(exchange);
        });
    }

    /** Returns when the sink has received all of them. */
    void fill(JournalFlow flow, int first, int last) {
        append(flow, first, last);
        await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
    }

    static void append(JournalFlow flow, int first, int last) {
        for (int i = first; i <= last; i++) {
            Map<String, Object> event = JournalFlow.event(i);
            event.put("time", Replays.TIME.format(NOON.plusSeconds(i)));
            flow.append(event);
        }
    }

    void replay(JournalFlow flow, String sink, Instant from, Instant to) throws Exception {
        try (JournalClient client = JournalClient.to(file)) {
            client.replays().ask(sink, from, to, client.replays().find(sink, from, to));
        }
        wake(flow);
    }

    void retry(JournalFlow flow, String sink, String... ids) throws Exception {
        try (JournalClient client = JournalClient.to(file)) {
            client.deadLetters().retry(sink, new DeadLetters.Choice(List.of(ids), null));
        }
        wake(flow);
    }

    /** A client does not wake the sink: an idle sink would poll up to a second later. */
    static void wake(JournalFlow flow) {
        flow.journal().appendSignal().signal();
    }

    static void dropUpTo(JournalFlow flow, int last) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            Sql.execute(connection, "update event set accepted = -1000000 where id <= " + last);
            Retention noAge = new Retention(1L << 30, Duration.ofDays(0));
            assertEquals(last, noAge.lastToDrop(connection, -1));
            noAge.drop(connection, last, new HashMap<>());
        }
        assertNull(flow.journal().status().get("reason"));
    }

    void awaitReceived(int events) {
        await().until(() -> received.size() >= events);
    }

    static long left(JournalFlow flow, String sink) {
        return (long) flow.sinkStatus(sink).get("replaying");
    }

    static long retrying(JournalFlow flow, String sink) {
        return (long) flow.sinkStatus(sink).get("retrying");
    }

    static List<String> letters(JournalFlow flow) throws Exception {
        return Sql.rows(
                flow.journal(),
                "select json ->> 'sequence' || '|' || reason || '|' || retry from dead_letter order by json ->>"
                        + " 'sequence'");
    }

    static Stream<String> all(String kind, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> kind + " " + i);
    }
}
