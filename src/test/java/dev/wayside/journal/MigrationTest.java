package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal with schema version 1, opened by this Wayside and its commands. */
class MigrationTest {
    private static final DeadLetters.Choice ALL = new DeadLetters.Choice(List.of(), null);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void makeAnOldJournal() throws Exception {
        file = directory.resolve("journal.db");
        VersionOne.make(file, 10, 4);
    }

    @Test
    void resumesAtItsCursorAndRetriesOldDeadLetters() throws Exception {
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, e -> received.addAll(batch(e)))) {
            flow.append(event(11));
            await().until(() -> received.size() >= 7);
            assertEquals(event(5), received.get(0));
            try (JournalClient client = JournalClient.to(file)) {
                assertEquals("no", client.deadLetters().newest("a", 5).get(0).reason());
                client.deadLetters().retry("a", ALL);
            }
            await().until(() -> received.size() >= 8);
            assertEquals(event(4), received.get(7));
            await().until(() -> flow.sinkStatus("a").get("dead_letters").equals(0L));
            assertEquals(List.of("5"), Sql.rows(flow.journal(), "pragma user_version"));
        }
    }

    /** Written by Wayside with schema version 2: eleven events, two sinks, a replay of all of them, a retry. */
    @Test
    void opensAJournalOfThePreviousVersion() throws Exception {
        try (InputStream written = MigrationTest.class.getResourceAsStream("/journal/version-2.db")) {
            Files.copy(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> received = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("picky", "newest", 4, e -> batch(e).forEach(
                        event -> received.add(e.getVariable("kind") + " " + event.get("sequence"))))) {
            flow.append(event(12));
            await().until(() -> received.size() >= 12);
            Stream<String> replayed = IntStream.rangeClosed(1, 11).mapToObj(i -> "replay " + i);
            assertEquals(
                    Stream.concat(Stream.of("new 12"), replayed).sorted().toList(),
                    received.stream().sorted().toList(),
                    "the replay has delivered what was to be retried");
            await().until(() -> flow.sinkStatus("picky").get("dead_letters").equals(0L));
            await().until(() -> flow.sinkStatus("picky").get("replaying").equals(0L));
            assertEquals(0L, flow.sinkStatus("picky").get("backlog"));
        }
    }

    @Test
    void aClientMigratesAJournalThatIsNotInUse() throws Exception {
        try (JournalClient client = JournalClient.to(file)) {
            client.deadLetters().retry("a", ALL);
            assertEquals(1, client.deadLetters().count("a", ALL).retrying());
        }
    }

    @Test
    void aClientDoesNotMigrateAJournalThatAnOlderWaysideUses() throws Exception {
        Path lock = directory.resolve("journal.db.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertTrue(held.isValid());
            assertTrue(assertThrows(JournalException.class, () -> JournalClient.to(file))
                    .getMessage()
                    .contains("restart that Wayside first"));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertEquals(1, JournalSchema.version(connection));
            assertEquals(0, JournalReport.read(connection, file).sinks().get(0).replaying());
        }
    }

    @Test
    void aClientExplainsWhyAFileIsNotAJournal() throws Exception {
        Path text = Files.writeString(directory.resolve("text.db"), "not SQLite, but long enough to be read".repeat(9));
        assertRefused(text, JournalException.class, "is damaged");
        Path empty = Files.createFile(directory.resolve("empty.db"));
        assertRefused(empty, InvalidInputException.class, "is not a Wayside journal");
    }

    private static void assertRefused(Path file, Class<? extends Exception> type, String words) {
        assertTrue(assertThrows(type, () -> JournalClient.to(file)).getMessage().contains(words));
        assertTrue(assertThrows(type, () -> JournalClient.report(file))
                .getMessage()
                .contains(words));
    }
}
