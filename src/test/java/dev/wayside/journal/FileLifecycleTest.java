package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLifecycleTest {
    @TempDir
    Path directory;

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void maintenanceGoesOnAfterAnError() throws Exception {
        FileLifecycle lifecycle = lifecycle(() -> {
            if (runs.incrementAndGet() == 2) {
                throw new StackOverflowError("for the test");
            }
        });
        lifecycle.start();
        try {
            await().until(() -> String.valueOf(lifecycle.reason()).contains("cannot maintain"));
            await().until(() -> runs.get() >= 3 && lifecycle.reason() == null);
        } finally {
            lifecycle.close();
        }
    }

    @Test
    void closingWaitsForMaintenanceThatRuns() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        FileLifecycle lifecycle = lifecycle(() -> {
            if (runs.incrementAndGet() == 2) {
                sleep();
                done.set(true);
            }
        });
        lifecycle.start();
        await().until(() -> runs.get() == 2);
        lifecycle.close();
        assertTrue(done.get());
        assertEquals(2, runs.get());
    }

    private FileLifecycle lifecycle(FileLifecycle.Work work) {
        JournalFile file = new JournalFile(directory.resolve("journal.db"));
        Connections connections = new Connections(file.url());
        return new FileLifecycle(
                file,
                connections,
                new Maintenance(
                        connections.writer(),
                        new Retention(1L << 30, Duration.ofDays(1)),
                        new LabelCounts(connections.reader(), connections.writer(), LabelCounts.SUFFIX)),
                new OngoingFailure(file.path(), null, "works"),
                work);
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
