package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.failure.Reason;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalKameletsTest extends JournalSink {
    @Test
    void deliversWhatWasAcceptedInOrderAndUnchanged() throws Exception {
        try (JournalFlow flow = flow().sink("a", "newest", 7, receive)) {
            List<Map<String, Object>> sent = events(1, 50).toList();
            sent.forEach(flow::append);
            await().until(() -> received.size() >= 50);
            assertEquals(sent, received);
            assertEquals(
                    List.copyOf(event(1).keySet()), List.copyOf(received.get(0).keySet()), "keys in order");
        }
    }

    @Test
    void aDamagedEventIsADeadLetter() throws Exception {
        try (JournalFlow flow = flow()) {
            events(1, 5).forEach(flow::append);
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "update event set json = '?' || json where id = 4");
                Sql.execute(connection, "update event set json = '[5]' where id = 5");
            }
            flow.sink("a", "oldest", 10, receive);
            await().until(() -> received.size() >= 3);
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
            assertEquals(List.of(event(1), event(2), event(3)), received);
            assertEquals(
                    List.of("pi/front/4", "pi/front/5"),
                    Sql.rows(flow.journal(), "select event_id from dead_letter where reason like '%damaged%'"));
        }
    }

    /** As an event is sent to AWS IoT: reading its id does not show that the rest is missing. */
    @Test
    void aTruncatedEventIsADeadLetterForASinkThatReadsOnlyItsId() throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = flow()) {
            events(1, 3).forEach(flow::append);
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "update event set json = substr(json, 1, 100) where id = 2");
            }
            flow.sink("a", "oldest", 10, exchange -> {
                for (Map<String, Object> each : batch(exchange)) {
                    sent.add(each.get("id") + " " + new ObjectMapper().writeValueAsString(each));
                }
            });
            await().until(() -> flow.sinkStatus("a").get("dead_letters").equals(1L));
            assertEquals(
                    List.of("pi/front/1", "pi/front/3"),
                    sent.stream().map(each -> each.split(" ")[0]).toList());
            assertEquals(List.of("pi/front/2"), Sql.rows(flow.journal(), "select event_id from dead_letter"));
        }
    }

    @Test
    void refusesOnlyEventsWithoutAnId() throws Exception {
        try (JournalFlow flow = flow()) {
            Map<String, Object> nameless = event(1);
            nameless.remove("id");
            Exception refusal = assertThrows(IllegalStateException.class, () -> flow.append(nameless));
            assertTrue(refusal.getMessage().contains("maps with a text 'id'"), refusal::toString);
            flow.append(event(2));
            assertNull(flow.journal().status().get("reason"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "batchSize=0, The batchSize of the sink a is 0; it must be from 1 to 10000.",
        "batchSize=-1, The batchSize of the sink a is -1; it must be from 1 to 10000.",
        "retryMax=0, The retryMax of the sink a is 0; it must be from 1 to 3600."
    })
    void refusesParametersOutOfRange(String parameter, String words) throws Exception {
        try (JournalFlow flow = flow()) {
            Exception refusal =
                    assertThrows(Exception.class, () -> flow.context().addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("kamelet:wayside-journal-source?sink=a&" + parameter)
                                    .process(receive);
                        }
                    }));
            assertTrue(Reason.ofRoot(refusal).contains(words), () -> Reason.ofRoot(refusal));
        }
    }

    @Test
    void aNewSinkBeginsWhereItsParameterSays() throws Exception {
        List<Object> newest = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = flow()) {
            events(1, 20).forEach(flow::append);
            flow.sink("late", "oldest", 10, receive)
                    .sink("latest", "newest", 10, exchange -> newest.addAll(batch(exchange)));
            flow.append(event(21));
            await().until(() -> received.size() >= 21 && !newest.isEmpty());
            assertEquals(events(1, 21).toList(), received);
            assertEquals(List.of(event(21)), newest);
        }
    }

    @Test
    void aSinkResumesAtItsCursorAfterARestart() throws Exception {
        try (JournalFlow flow = flow().sink("a", "newest", 10, receive)) {
            events(1, 5).forEach(flow::append);
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
        }
        try (JournalFlow flow = flow()) {
            events(6, 10).forEach(flow::append);
        }
        try (JournalFlow flow = flow().sink("a", "newest", 10, receive)) {
            await().until(() -> received.size() >= 10);
            assertEquals(events(1, 10).toList(), received);
            assertNull(flow.journal().status().get("reason"));
        }
    }

    /**
     * `wayside bench journal` measures the latency. This test only shows that the sink does not wait for its poll once
     * a second.
     */
    @Test
    void anIdleSinkIsWokenByAnAppend() throws Exception {
        LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        try (JournalFlow flow = flow().sink("a", "newest", 10, exchange -> arrivals.add(System.nanoTime()))) {
            List<Long> millis = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
                flow.append(event(i));
                long accepted = System.nanoTime();
                millis.add(TimeUnit.NANOSECONDS.toMillis(arrivals.poll(20, TimeUnit.SECONDS) - accepted));
            }
            long median =
                    millis.stream().sorted().skip(millis.size() / 2).findFirst().orElseThrow();
            assertTrue(median <= 250, () -> "milliseconds from accepted to the sink: " + millis);
        }
    }

    @Test
    void everyAppendOfManyThreadsIsAccepted() throws Exception {
        try (JournalFlow flow = flow().sink("a", "newest", 500, receive)) {
            IntStream.rangeClosed(1, 2000).parallel().forEach(i -> flow.append(event(i)));
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= 2000);
            assertEquals(
                    2000,
                    received.stream().map(each -> each.get("id")).distinct().count());
            assertEquals(2000, received.size());
        }
    }
}
