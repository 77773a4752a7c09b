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
 * The journal in use: opens the file and opens it again until that succeeds, keeps to the caps, and says how it is.
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
     * @param path of the file; its folder is made
     * @param mostBytes how large the file may be
     * @param longestAge how long an event is kept, counting only time in which the journal is in use
     */
    public Journal(Path path, long mostBytes, Duration longestAge) {
        this.file = new JournalFile(path.toAbsolutePath());
        this.connections = new Connections(file.url());
        this.maintenance = new Maintenance(writer(), new Retention(mostBytes, longestAge));
        this.sinks = new Sinks(writer(), this::progress, System::nanoTime, Clock.systemUTC());
        this.deliveries = new Deliveries(reader(), writer());
        this.registrations = new Registrations(writer());
        this.writeFailure = new OngoingFailure(file.path(), "not open yet", "takes events again");
        this.maintenanceFailure = new OngoingFailure(file.path(), null, "is kept to its caps again");
        this.intake = new Intake(connections, writeFailure, appendSignal);
    }

    /**
     * Opens the file; where that fails for a reason that may pass, it goes on trying in the background.
     *
     * @throws JournalException if only the user can help: another process has the file, or a newer Wayside made it
     */
    public void start() throws JournalException {
        try {
            open();
        } catch (SQLException | IOException e) {
            writeFailure.occurred("cannot open", e);
        }
        background.scheduleWithFixedDelay(this::runInBackground, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Connections for reading. */
    public DataSource reader() {
        return connections.reader();
    }

    /** The one connection for writing. */
    public DataSource writer() {
        return connections.writer();
    }

    /** What sinks get, and that they had it. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Where sinks wait for what is appended. */
    public AppendSignal appendSignal() {
        return appendSignal;
    }

    /** Whether the file is open. */
    public boolean isOpen() {
        return clock != null;
    }

    /**
     * Accepts an event: returns when it is on the disk. Events of several threads share a commit.
     *
     * @param event flat, with a text {@code id}
     * @throws JournalException if it is not kept; the message says why
     * @throws IllegalArgumentException if it is no flat event
     * @throws InterruptedException if interrupted before it was written; it is not kept then
     */
    public void append(Map<String, ?> event) throws JournalException, InterruptedException {
        intake.append(event);
    }

    /**
     * Registers a sink: it goes on where it was, a new one begins at {@code newest} or {@code oldest}.
     *
     * @param sink its name
     * @param start {@code oldest} for every event that is still kept; {@code newest} for those to come
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

    /** How the sinks are. */
    public Sinks sinks() {
        return sinks;
    }

    /** Something failed that may have met damage in the file: the next start has a look. */
    public void noteDamage(Throwable failure) {
        writeFailure.noteDamage(failure);
    }

    /** What it says of itself, {@code reason} being null when nothing is wrong. */
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

    /** Waits for nothing that hangs; a journal that is not closed, or seems damaged, is checked when it is opened next. */
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
        // From here on a sink registers itself; those that came before are next. What fails of that is tried again,
        // without opening the file anew, which would switch off those that are registered.
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

    /** Empty when the file cannot be read: {@link #status()} says why. */
    private List<JournalReport.Sink> progress() {
        try {
            return isOpen() ? report().sinks() : List.of();
        } catch (SQLException | IOException e) {
            log.debug("journal: cannot see how far the sinks are", e);
            return List.of();
        }
    }

    private void runInBackground() {
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

    /** What fails here keeps no event from being taken, and may go on failing while others come. */
    private void maintain(JournalClock now) throws SQLException, IOException {
        try {
            registrations.write();
            maintenance.run(now);
            maintenanceFailure.ended();
        } catch (SQLException e) {
            maintenanceFailure.occurred("cannot tidy", e);
            connections.evictIfReadOnly(e);
        }
        probeWriting(now);
    }

    private boolean isDamaged() {
        return writeFailure.isDamage() || maintenanceFailure.isDamage();
    }

    /** While no event comes, nothing else would find out that the trouble is over. */
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
