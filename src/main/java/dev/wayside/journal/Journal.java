package dev.wayside.journal;

import dev.wayside.failure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a running Wayside: opens the file, retrying until it succeeds, enforces the caps, reports its status.
 * The component {@code journal} appends events and takes each sink's batches from {@link #deliveries()}. Thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final JournalFile file;
    private final Connections connections;
    private final Maintenance maintenance;
    private final Sinks sinks;
    private final Intake intake;
    private final Deliveries deliveries;
    private final AppendSignal appendSignal = new AppendSignal();
    private final Registrations registrations;
    private final OngoingFailure writeFailure;
    private final OngoingFailure maintenanceFailure;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "journal");
        thread.setDaemon(true);
        return thread;
    });
    private volatile JournalClock clock;

    /**
     * Prepares a journal; {@link #start()} opens it.
     *
     * @param path the journal's file; its folder is created
     * @param mostBytes the maximum size of the file
     * @param longestAge how long an event is kept, counting only the time in which the journal is in use
     */
    public Journal(Path path, long mostBytes, Duration longestAge) {
        this.file = new JournalFile(path.toAbsolutePath());
        this.connections = new Connections(file.url());
        this.maintenance = new Maintenance(writer(), new Retention(mostBytes, longestAge));
        this.sinks = new Sinks(writer(), this::progress, System::nanoTime, Clock.systemUTC());
        this.deliveries = new Deliveries(reader(), writer());
        this.registrations = new Registrations(writer());
        this.writeFailure = new OngoingFailure(file.path(), "not open yet", "accepts events again");
        this.maintenanceFailure = new OngoingFailure(file.path(), null, "maintenance works again");
        this.intake = new Intake(connections, writeFailure, appendSignal);
    }

    /**
     * Opens the file. If that fails for a reason that may be temporary, it retries in the background.
     *
     * @throws JournalException if retrying cannot help: another process uses the file, or a newer Wayside created it
     */
    public void start() throws JournalException {
        try {
            open();
        } catch (SQLException | IOException e) {
            writeFailure.occurred("cannot open", e);
        }
        background.scheduleWithFixedDelay(this::runOnce, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Connections for reading. */
    public DataSource reader() {
        return connections.reader();
    }

    /** The one connection for writing. */
    public DataSource writer() {
        return connections.writer();
    }

    /** The batches for the sinks, and their commits. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Signals the sinks that events were appended. */
    public AppendSignal appendSignal() {
        return appendSignal;
    }

    /** Whether the file is open. */
    public boolean isOpen() {
        return clock != null;
    }

    /**
     * Accepts an event; returns when it is on the disk. Events of several threads share a commit.
     *
     * @param event flat, with a text {@code id}
     * @throws JournalException if it was not accepted; the message says why
     * @throws IllegalArgumentException if it is not a flat event
     * @throws InterruptedException if interrupted before it was written; it is then not accepted
     */
    public void append(Map<String, ?> event) throws JournalException, InterruptedException {
        intake.append(event);
    }

    /**
     * Registers a sink. A known sink resumes at its cursor.
     *
     * @param sink its name
     * @param start where a new sink begins: {@code oldest} for all events still kept, {@code newest} for future ones
     */
    public void register(String sink, String start) {
        sinks.registered(sink);
        registrations.add(sink, start);
        if (isOpen()) {
            try {
                registrations.write();
            } catch (SQLException e) {
                writeFailure.occurred("cannot register " + sink + " in", e);
            }
        }
    }

    /**
     * Marks a sink as off because its route was removed: it is not late, whatever its backlog. Its cursor stays, so that it
     * continues from there when it is registered again.
     */
    public void unregister(String sink) {
        registrations.remove(sink);
        if (isOpen()) {
            try {
                registrations.switchOff(sink);
            } catch (SQLException e) {
                writeFailure.occurred("cannot switch off " + sink + " in", e);
            }
        }
    }

    /** The states and counts of the sinks. */
    public Sinks sinks() {
        return sinks;
    }

    /** Notes a failure. If its root cause is a damaged file, the next start checks the file. */
    public void noteDamage(Throwable failure) {
        writeFailure.noteDamage(failure);
    }

    /** The journal's status; {@code reason} is null if nothing is wrong. */
    public Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("path", file.path().toString());
        String failure = Stream.of(writeFailure, maintenanceFailure)
                .map(OngoingFailure::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (isOpen()) {
            try {
                status.putAll(report().plain());
            } catch (SQLException | IOException e) {
                failure = "cannot read " + file.path() + ": " + Reason.ofRoot(e);
            }
        }
        status.put("reason", failure);
        return status;
    }

    /** Waits for no blocked thread. A journal that is not closed, or seems damaged, is checked at the next start. */
    @Override
    public void close() throws IOException {
        background.shutdown();
        sinks.close();
        if (isOpen()) {
            try (Connection connection = writer().getConnection();
                    Statement statement = connection.createStatement()) {
                Maintenance.save(clock, connection);
                statement.executeUpdate("delete from state where key = 'cursors_lost'");
                statement.executeUpdate("update state set value = " + (isDamaged() ? 0 : 1) + " where key = 'clean'");
            } catch (SQLException e) {
                log.warn("journal: not closed cleanly: {}", Reason.ofRoot(e));
            }
        }
        connections.close();
        file.release();
    }

    private void open() throws SQLException, IOException, JournalException {
        connections.evict();
        long last = file.open();
        // From here on, each new sink registers itself; the earlier ones follow now. A failed registration is retried
        // without reopening the file, because opening it marks all sinks as inactive.
        clock = new JournalClock(last, System::nanoTime);
        intake.open(clock);
        registrations.write();
        writeFailure.ended();
        appendSignal.signal();
    }

    private JournalReport report() throws SQLException, IOException {
        try (Connection connection = reader().getConnection()) {
            return JournalReport.read(connection, file.path(), clock.millis());
        }
    }

    /** Empty if the file cannot be read; {@link #status()} says why. */
    private List<JournalReport.Sink> progress() {
        try {
            return isOpen() ? report().sinks() : List.of();
        } catch (SQLException | IOException e) {
            log.debug("journal: cannot read the progress of the sinks", e);
            return List.of();
        }
    }

    private void runOnce() {
        JournalClock now = clock;
        try {
            sinks.logLateness();
            if (now == null) {
                open();
            } else {
                maintain(now);
            }
        } catch (SQLException | IOException | JournalException | RuntimeException e) {
            writeFailure.occurred(now == null ? "cannot open" : "cannot write", e);
            log.debug("journal: maintenance failed", e);
            connections.evictIfReadOnly(e);
        }
    }

    /** A failure here does not stop the journal from accepting events, so it is reported separately. */
    private void maintain(JournalClock now) throws SQLException, IOException {
        try {
            registrations.write();
            maintenance.run(now);
            maintenanceFailure.ended();
        } catch (SQLException e) {
            maintenanceFailure.occurred("cannot maintain", e);
            connections.evictIfReadOnly(e);
        }
        probeWriting(now);
    }

    private boolean isDamaged() {
        return writeFailure.isDamage() || maintenanceFailure.isDamage();
    }

    /** Without new events, nothing else would notice that writing works again. */
    private void probeWriting(JournalClock now) throws SQLException, IOException {
        if (writeFailure.reason() != null && file.hasRoom()) {
            try (Connection connection = writer().getConnection()) {
                Maintenance.save(now, connection);
            }
            writeFailure.ended();
        }
    }

    void applyCaps() throws SQLException {
        maintenance.applyCaps(clock);
    }
}
