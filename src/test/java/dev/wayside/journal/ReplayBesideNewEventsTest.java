package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A replay delays no new event, and resumes after failures and restarts. */
class ReplayBesideNewEventsTest extends Redelivery {
    @Test
    void newEventsNeverWaitForAReplayAndKeepTheirOrder() throws Exception {
        Semaphore turns = new Semaphore(0);
        List<Integer> batches = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 2, exchange -> {
            if (!"new".equals(exchange.getVariable("kind"))) {
                batches.add(received.size());
                turns.acquire();
            }
            receive(exchange);
        })) {
            fill(flow, 1, 10);
            replay(flow, "a", NOON, NOON.plusSeconds(11));
            await().until(() -> batches.size() == 1);
            append(flow, 11, 15);
            turns.release();
            await().until(() -> batches.size() == 2);
            append(flow, 16, 16);
            turns.release(10);
            awaitReceived(26);
            assertEquals(
                    Stream.of(
                                    all("new", 1, 10),
                                    all("replay", 1, 2),
                                    all("new", 11, 15),
                                    all("replay", 3, 4),
                                    all("new", 16, 16),
                                    all("replay", 5, 10))
                            .flatMap(each -> each)
                            .toList(),
                    received);
        }
    }

    @Test
    void aReplayResumesAfterARestart() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (JournalFlow flow = flowThatRepeatsOnlyWith(turns)) {
            fill(flow, 1, 20);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            turns.release(2);
            await().until(() -> left(flow, "a") == 12);
        }
        List<String> before = List.copyOf(received);
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 4, sink)) {
            await().until(() -> left(flow, "a") == 0);
        }
        assertEquals(all("replay", 9, 20).toList(), received.subList(before.size(), received.size()));
    }

    @Test
    void aReplayWaitsForASinkThatFails() throws Exception {
        List<String> tries = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 4, exchange -> {
            if ("replay".equals(exchange.getVariable("kind")) && tries.size() < 3) {
                tries.add("failed");
                throw new IllegalStateException("the server is away");
            }
            receive(exchange);
        })) {
            fill(flow, 1, 6);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            await().until(() -> "the server is away".equals(flow.sinkStatus("a").get("last_error")));
            awaitReceived(12);
            assertEquals(all("replay", 1, 6).toList(), received.subList(6, 12));
            await().until(() -> flow.sinkStatus("a").get("last_error") == null);
        }
    }

    @Test
    void newEventsDoNotWaitForAReplayThatKeepsFailing() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean mended = new AtomicBoolean();
        LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, 10, exchange -> {
            if ("replay".equals(exchange.getVariable("kind")) && !mended.get()) {
                failures.incrementAndGet();
                throw new IllegalStateException("it cannot stand old events");
            }
            receive(exchange);
            arrivals.add(System.nanoTime());
        })) {
            fill(flow, 1, 6);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            await().until(() -> failures.get() >= 3);
            arrivals.clear();
            List<Long> millis = new ArrayList<>();
            for (int i = 7; i <= 56; i++) {
                append(flow, i, i);
                long accepted = System.nanoTime();
                millis.add(TimeUnit.NANOSECONDS.toMillis(arrivals.poll(9, TimeUnit.SECONDS) - accepted));
            }
            long median =
                    millis.stream().sorted().skip(millis.size() / 2).findFirst().orElseThrow();
            assertTrue(median <= 250, () -> "milliseconds from accepted to the sink: " + millis);
            assertTrue(failures.get() < millis.size(), () -> "tried with every new event: " + failures);
            assertEquals("it cannot stand old events", flow.sinkStatus("a").get("last_error"));
            mended.set(true);
            await().atMost(Duration.ofSeconds(15)).until(() -> left(flow, "a") == 0);
            assertEquals(
                    Stream.of(all("new", 1, 56), all("replay", 1, 6))
                            .flatMap(each -> each)
                            .toList(),
                    received);
            await().until(() -> flow.sinkStatus("a").get("last_error") == null);
        }
    }

    @Test
    void findsNewEventsByTheirIdOnly() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, sink)) {
            List<String> plan = new ArrayList<>();
            try (Connection connection = flow.journal().reader().getConnection()) {
                for (String query : List.of(Deliveries.NEW, Deliveries.REPLAYED, Deliveries.RETRIED)) {
                    try (var statement = connection.prepareStatement("explain query plan " + query);
                            var row = statement.executeQuery()) {
                        while (row.next()) {
                            plan.add(row.getString("detail"));
                        }
                    }
                }
            }
            assertTrue(
                    plan.stream().filter(each -> each.contains("event")).allMatch(each -> each.contains("PRIMARY KEY")),
                    () -> "" + plan);
            assertTrue(plan.stream().noneMatch(each -> each.startsWith("SCAN event")), () -> "" + plan);
            assertTrue(plan.stream().anyMatch(each -> each.contains("dead_letter_retry")), () -> "" + plan);
            assertTrue(plan.stream().noneMatch(each -> each.contains("TEMP B-TREE")), () -> "" + plan);
        }
    }
}
