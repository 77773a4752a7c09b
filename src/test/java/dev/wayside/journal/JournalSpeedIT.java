package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many events a second are accepted, each on the disk before its caller goes on; the output has the figures. */
class JournalSpeedIT {
    private static final int THREADS = 16;
    private static final long RUN = Duration.ofSeconds(5).toNanos();

    @TempDir
    Path directory;

    @Test
    void manyThreadsShareTheDisksSyncs() throws Exception {
        AtomicLong received = new AtomicLong();
        try (JournalFlow flow = new JournalFlow(directory.resolve("journal.db"))
                .sink(
                        "a",
                        "newest",
                        500,
                        exchange ->
                                received.addAndGet(JournalFlow.batch(exchange).size()))) {
            AtomicLong number = new AtomicLong();
            append(flow, number, 1, RUN / 2);
            long alone = append(flow, number, 1, RUN);
            long together = append(flow, number, THREADS, RUN);
            System.out.printf(
                    "events accepted a second, one thread: %d, %d threads: %d%n",
                    alone / RUN_SECONDS, THREADS, together / RUN_SECONDS);
            assertEquals(List.of("2"), Sql.rows(flow.journal(), "pragma synchronous"), "FULL");
            await().atMost(Duration.ofSeconds(30)).until(() -> received.get() == number.get());
            assertTrue(together / RUN_SECONDS >= 2000, "events a second: " + together / RUN_SECONDS);
        }
    }

    private static final long RUN_SECONDS = Duration.ofNanos(RUN).toSeconds();

    private static long append(JournalFlow flow, AtomicLong number, int threads, long nanos) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long end = System.nanoTime() + nanos;
            Callable<Long> work = () -> {
                long accepted = 0;
                while (System.nanoTime() < end) {
                    flow.append(JournalFlow.event(number.incrementAndGet()));
                    accepted++;
                }
                return accepted;
            };
            long accepted = 0;
            for (Future<Long> each : executor.invokeAll(
                    Stream.generate(() -> work).limit(threads).toList())) {
                accepted += each.get();
            }
            return accepted;
        } finally {
            executor.shutdown();
        }
    }
}
