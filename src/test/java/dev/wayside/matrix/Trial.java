package dev.wayside.matrix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.Programs;
import dev.wayside.servers.SmallDisk;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** One Wayside in a process of its own, what is done to it, and its servers. */
final class Trial implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path directory;
    private final List<Target> targets;
    private final List<Target> dead = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final Random random = new Random(7);
    private SmallDisk disk;
    private WaysideProcess wayside;

    /**
     * Prepares the working directory with a copy of the routes; {@link #start()} starts Wayside.
     *
     * @param shape of the sinks' routes
     * @param more settings beside those that the servers want
     */
    Trial(Path directory, List<Target> targets, String device, SinkShape shape, String... more) throws IOException {
        this.directory = directory;
        this.targets = targets;
        Path routes = Files.createDirectories(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Files.writeString(routes.resolve(name), shape.of(name, Files.readString(file)));
            }
        }
        settings.add("device=" + device);
        settings.add("routes.reload=" + List.of(more).contains("kamelets.path=kamelets"));
        settings.addAll(List.of(more));
        targets.forEach(target -> {
            target.begin(device);
            settings.addAll(target.settings());
        });
    }

    /** Puts the journal on a disk of its own, before {@link #start()}. */
    void mountSmallDisk() throws IOException {
        disk = new SmallDisk(Files.createDirectories(directory.resolve("data")), 16);
    }

    void start() {
        wayside = WaysideProcess.run(directory, settings.toArray(String[]::new)).awaitStarted();
    }

    WaysideProcess wayside() {
        return wayside;
    }

    /** The targets that a fault has not taken away for good. */
    List<Target> live() {
        return targets.stream().filter(target -> !dead.contains(target)).toList();
    }

    Target target(String sink) {
        return targets.stream()
                .filter(target -> target.sink().equals(sink))
                .findFirst()
                .orElseThrow();
    }

    /** As {@code kill -9} does it. */
    void kill() {
        wayside.process().destroyForcibly();
        wayside.awaitExit();
    }

    /** Asks it to end, which it does in order. */
    void terminate() {
        wayside.process().destroy();
        assertEquals(0, wayside.awaitExit(), wayside.log());
    }

    void outage(Duration length, Target... away) {
        for (Target target : away) {
            target.proxy().refuse();
        }
        letPass(length);
        for (Target target : away) {
            target.proxy().restore();
        }
    }

    Target[] all() {
        return targets.toArray(Target[]::new);
    }

    void takeAwayForGood(Target target) {
        target.proxy().refuse();
        dead.add(target);
    }

    /** A length of time is the fault, and nothing to wait for. */
    static void letPass(Duration duration) {
        Instant end = Instant.now().plus(duration);
        await().atMost(duration.plus(PATIENCE)).until(() -> Instant.now().isAfter(end));
    }

    /** Keeps every core busy with a program of normal priority. */
    static void keepBusy(Duration length) throws IOException {
        List<Process> loops = new ArrayList<>();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            letPass(length);
        } finally {
            loops.forEach(Process::destroyForcibly);
        }
    }

    /** The ids of the events that a sink has refused for good. */
    Set<String> deadLetters(Target target) {
        Set<String> ids = new HashSet<>();
        query("select event_id from dead_letter where sink = ?", target.sink(), row -> ids.add(row.getString(1)));
        return ids;
    }

    /** Waits until a sink is in the middle of its backlog: more has arrived, and it is not through. */
    void awaitDraining(Target target) {
        int before = target.arrived().size();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> target.arrived().size() > before);
        assertTrue(cursor(target) < newest(), "it was through before anybody could look");
    }

    /**
     * The power goes: the process stops in the middle of whatever it does and is gone; the disk keeps what the journal's
     * files held at that moment, and only the files that SQLite needs.
     *
     * @param torn whether the disk was in the middle of a further transaction, too
     */
    void cutThePower(boolean torn) throws Exception {
        letPass(Duration.ofMillis(300 + random.nextInt(700)));
        signal("-STOP");
        Path data = directory.resolve("data");
        Path copy = Files.createDirectory(directory.resolve("after-cut-" + random.nextInt(Integer.MAX_VALUE)));
        for (String name : new String[] {"journal.db", "journal.db-wal"}) {
            if (Files.exists(data.resolve(name))) {
                Files.copy(data.resolve(name), copy.resolve(name));
            }
        }
        kill();
        Programs.delete(data);
        Files.move(copy, data);
        if (torn) {
            TornLog.tear(data.resolve("journal.db-wal"), random);
        }
    }

    private void signal(String signal) throws IOException {
        Process kill = new ProcessBuilder(
                        "kill", signal, String.valueOf(wayside.process().pid()))
                .start();
        assertEquals(0, kill.onExit().join().exitValue());
    }

    /** Fills the disk under the journal, lets it be full for a while and frees it. */
    void fillTheDisk(Duration length) throws IOException {
        disk.fill();
        await().atMost(PATIENCE).until(() -> status("/journal/reason").asText().startsWith("cannot write"));
        letPass(length);
        disk.free();
        await().atMost(PATIENCE).until(() -> status("/journal/reason").isNull());
    }

    JsonNode status(String pointer) {
        return wayside.status().at(pointer);
    }

    /**
     * How long from now until each live sink has all that was accepted up to now, read off its cursor.
     *
     * @param since from when it is counted
     */
    Map<Target, Duration> recovery(Instant since) {
        long newest = newest();
        Map<Target, Duration> recovered = new LinkedHashMap<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            for (Target target : live()) {
                if (cursor(target) >= newest) {
                    recovered.putIfAbsent(target, Duration.between(since, Instant.now()));
                }
            }
            return recovered.size() == live().size();
        });
        return recovered;
    }

    private long newest() {
        return number("select coalesce(max(id), 0) from event where ? <> ''", "all");
    }

    private long cursor(Target target) {
        return number("select coalesce(max(last_id), 0) from cursor where sink = ?", target.sink());
    }

    private long number(String query, String parameter) {
        AtomicLong number = new AtomicLong();
        query(query, parameter, row -> number.set(row.getLong(1)));
        return number.get();
    }

    private void query(String query, String parameter, Row use) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("data/journal.db") + "?busy_timeout=5000");
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    use.accept(row);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private interface Row {
        void accept(ResultSet row) throws SQLException;
    }

    @Override
    public void close() {
        if (wayside != null) {
            wayside.close();
        }
        if (disk != null) {
            disk.close();
        }
        targets.forEach(target -> target.proxy().restore());
    }
}
