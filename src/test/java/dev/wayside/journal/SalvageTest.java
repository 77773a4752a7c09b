package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalvageTest {
    private static final int EVENTS = 2000;
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void fillAJournalAndCrash() throws Exception {
        file = directory.resolve("journal.db");
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.insert(IntStream.rangeClosed(1, 10).mapToObj(JournalFlow::event));
            flow.sink("a", "newest", 10, exchange -> {
                throw new IllegalStateException("away");
            });
            flow.insert(IntStream.rangeClosed(11, EVENTS).mapToObj(JournalFlow::event));
        }
        crash(file);
    }

    private static void crash(Path journal) throws Exception {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + journal)) {
            Sql.execute(connection, "update state set value = 0 where key = 'clean'");
        }
    }

    @Test
    void savesTheEventsAroundDamagedPagesAndKeepsTheDamagedFile() throws Exception {
        long pages = Files.size(file) / PAGE;
        garble(pages / 2 * PAGE, 2 * PAGE);
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 100, e -> received.addAll(batch(e)))) {
            assertTrue(setAside(), "the damaged file is kept");
            long saved = Sql.number(flow.journal(), "select count(*) from event");
            assertTrue(saved > EVENTS - 100 && saved < EVENTS, "saved " + saved);
            flow.append(event(EVENTS + 1));
            await().until(() -> received.contains(event(EVENTS + 1)));
            assertEquals(saved + 1 - 10, received.size(), "the cursor was kept");
            assertTrue(received.stream().allMatch(each -> each.equals(event((Integer) each.get("sequence")))));
        }
    }

    @Test
    void savesTheBeginningOfATruncatedFile() throws Exception {
        try (RandomAccessFile truncated = new RandomAccessFile(file.toFile(), "rw")) {
            truncated.setLength(truncated.length() * 6 / 10 / PAGE * PAGE);
        }
        try (JournalFlow flow = new JournalFlow(file)) {
            assertTrue(setAside());
            long saved = Sql.number(flow.journal(), "select count(*) from event");
            assertTrue(saved > EVENTS / 3 && saved < EVENTS, "saved " + saved);
            flow.append(event(EVENTS + 1));
            assertEquals(EVENTS + 1, Sql.number(flow.journal(), "select max(id) from event"), "no number comes twice");
        }
    }

    @Test
    void startsWithAnEmptyFileWhenNothingCanBeRead() throws Exception {
        garble(0, (int) Files.size(file));
        try (JournalFlow flow = new JournalFlow(file)) {
            assertTrue(setAside());
            flow.append(event(1));
            assertEquals(List.of("1"), Sql.rows(flow.journal(), "select count(*) from event"));
        }
    }

    @Test
    void savesAFileWithAnOlderSchema() throws Exception {
        Path old = directory.resolve("old.db");
        VersionOne.make(old, EVENTS, 10);
        crash(old);
        garble(old, Files.size(old) / PAGE / 2 * PAGE, 2 * PAGE);
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(old).sink("a", "newest", 100, e -> received.addAll(batch(e)))) {
            assertTrue(setAside("old.db"));
            long saved = Sql.number(flow.journal(), "select count(*) from event");
            assertTrue(saved > EVENTS - 100 && saved < EVENTS, "saved " + saved);
            await().until(() -> received.size() >= saved - 10);
            assertEquals(
                    List.of("pi/front/10|no|0"),
                    Sql.rows(flow.journal(), "select event_id || '|' || reason || '|' || retry from dead_letter"));
        }
    }

    @Test
    void savesReplaysOfRemainingEventsAndQueuedDeadLetters() throws Exception {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file)) {
            String everything = "'2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'";
            Sql.execute(
                    connection,
                    "insert into replay (sink, since, until, done, last, events) values" + " ('a', " + everything
                            + ", 4, " + EVENTS + ", " + (EVENTS - 4) + "), ('a', " + everything + ", 0, 0, 7)");
            Sql.execute(
                    connection,
                    "insert into dead_letter (sink, event_id, reason, time, json, retry)"
                            + " select 'a', event_id, 'no', time, json, 1 from event where id = 3");
        }
        garble(Files.size(file) / PAGE / 2 * PAGE, 2 * PAGE);
        try (JournalFlow flow = new JournalFlow(file)) {
            assertTrue(setAside());
            long saved = Sql.number(flow.journal(), "select count(*) from event");
            assertEquals(saved - 4, flow.sinkStatus("a").get("replaying"));
            assertEquals(1L, flow.sinkStatus("a").get("retrying"));
            assertEquals(List.of("1"), Sql.rows(flow.journal(), "select count(*) from replay"), "one had nothing left");
        }
    }

    @Test
    void anInterruptedSalvageStartsOverAndACompleteOneIsUsed() throws Exception {
        garble(Files.size(file) / PAGE / 2 * PAGE, 2 * PAGE);
        Files.writeString(directory.resolve("journal.db.salvaging"), "half a file");
        long saved;
        try (JournalFlow flow = new JournalFlow(file)) {
            saved = Sql.number(flow.journal(), "select count(*) from event");
            assertTrue(saved > EVENTS - 100, "saved " + saved);
        }
        assertFalse(Files.exists(directory.resolve("journal.db.salvaging")));
        // The state after a power failure between the salvage and the replacement of the file.
        Files.move(file, directory.resolve("journal.db.salvaged"));
        Files.writeString(file, "what is left of the damaged one");
        Files.writeString(directory.resolve("journal.db-wal"), "and of its log");
        try (JournalFlow flow = new JournalFlow(file)) {
            assertEquals(saved, Sql.number(flow.journal(), "select count(*) from event"));
            assertEquals(10, Sql.number(flow.journal(), "select last_id from cursor where sink = 'a'"));
        }
    }

    @Test
    void aSalvageWithoutDiskSpaceLosesNothing() throws Exception {
        garble(Files.size(file) / PAGE / 2 * PAGE, 2 * PAGE);
        Path inTheWay = Files.createDirectories(directory.resolve("journal.db.salvaging/folder"));
        try (JournalFlow flow = new JournalFlow(file)) {
            assertTrue(String.valueOf(flow.journal().status().get("reason")).startsWith("cannot open "));
            assertFalse(setAside(), "the damaged file is still in place");
            Files.delete(inTheWay);
            await().until(() -> flow.journal().status().get("reason") == null);
            assertTrue(Sql.number(flow.journal(), "select count(*) from event") > EVENTS - 100);
            assertEquals(10, Sql.number(flow.journal(), "select last_id from cursor where sink = 'a'"));
        }
    }

    @Test
    void withoutCursorsEverySinkReceivesAllSavedEvents() throws Exception {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file)) {
            long page = Long.parseLong(Sql.rows(connection, "select rootpage from sqlite_schema where name = 'cursor'")
                    .get(0));
            Sql.execute(connection, "pragma wal_checkpoint(truncate)");
            garble((page - 1) * PAGE, PAGE);
        }
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 100, e -> received.addAll(batch(e)))) {
            assertTrue(setAside());
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
            assertEquals(EVENTS, received.size());
        }
        try (JournalFlow flow = new JournalFlow(file).sink("b", "newest", 100, e -> {})) {
            assertEquals(0L, flow.sinkStatus("b").get("backlog"), "newest means newest again");
        }
    }

    @Test
    void damageFoundWhileRunningIsRepairedByTheNextStart() throws Exception {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Sql.execute(connection, "update state set value = 1 where key = 'clean'");
        }
        garble(Files.size(file) / PAGE / 2 * PAGE, 2 * PAGE);
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 100, e -> {})) {
            assertFalse(setAside(), "not checked after a clean stop");
            await().until(() ->
                    String.valueOf(flow.sinkStatus("a").get("last_error")).contains("malformed"));
        }
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 100, e -> {})) {
            assertTrue(setAside());
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
        }
    }

    private void garble(long from, int bytes) throws IOException {
        garble(file, from, bytes);
    }

    private static void garble(Path file, long from, int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(42).nextBytes(noise);
        try (RandomAccessFile garbled = new RandomAccessFile(file.toFile(), "rw")) {
            garbled.seek(from);
            garbled.write(noise);
        }
    }

    private boolean setAside() throws IOException {
        return setAside("journal.db");
    }

    private boolean setAside(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(each -> each.getFileName().toString().startsWith(name + ".damaged-"));
        }
    }
}
