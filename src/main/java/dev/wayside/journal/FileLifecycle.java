package dev.wayside.journal;

import dev.wayside.failure.Reason;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the journal's file, on its own thread if the first attempt fails, maintains it every two seconds while it is
 * open, and closes it. Thread-safe.
 */
final class FileLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FileLifecycle.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final JournalFile file;
    private final Connections connections;
    private final Maintenance maintenance;
    private final OngoingFailure writeFailure;
    private final OngoingFailure maintenanceFailure;
    private final Work work;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "journal");
        thread.setDaemon(true);
        return thread;
    });
    private volatile JournalClock clock;

    /** What else is done with an open file. */
    interface Work {
        void run() throws SQLException;
    }

    /**
     * Prepares the lifecycle; {@link #start()} begins it.
     *
     * @param connections to this file
     * @param maintenance of the open file
     * @param writeFailure is notified when the file cannot be opened or written, and when it can again
     * @param work runs when the file opens, and every two seconds from then on
     */
    FileLifecycle(
            JournalFile file,
            Connections connections,
            Maintenance maintenance,
            OngoingFailure writeFailure,
            Work work) {
        this.file = file;
        this.connections = connections;
        this.maintenance = maintenance;
        this.writeFailure = writeFailure;
        this.maintenanceFailure = new OngoingFailure(file.path(), null, "maintenance works again");
        this.work = work;
    }

    /** As {@link Journal#start()}. */
    void start() throws JournalException {
        try {
            open();
        } catch (SQLException | IOException e) {
            writeFailure.occurred("cannot open", e);
        }
        background.scheduleWithFixedDelay(this::runOnce, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isOpen() {
        return clock != null;
    }

    /** The clock of the events; null until the file is open. */
    JournalClock clock() {
        return clock;
    }

    /** Why events cannot be written or the file cannot be maintained; null if both work. */
    String reason() {
        return Stream.of(writeFailure, maintenanceFailure)
                .map(OngoingFailure::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Enforces the caps now. */
    void applyCaps() throws SQLException {
        maintenance.applyCaps(clock);
    }

    /** As {@link Journal#close()}. */
    void close() throws IOException {
        background.shutdown();
        awaitMaintenance();
        if (isOpen()) {
            try (Connection connection = connections.writer().getConnection();
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

    /** Otherwise it could use the file after another process has it. */
    private void awaitMaintenance() {
        try {
            if (!background.awaitTermination(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("journal: closing while it is still maintained");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open() throws SQLException, IOException, JournalException {
        connections.evict();
        long last = file.open();
        // From here on, each new sink registers itself; the work registers the earlier ones. If it fails, it is retried
        // without reopening the file, because opening it marks all sinks as not paused.
        clock = new JournalClock(last, System::nanoTime);
        work.run();
        writeFailure.ended();
    }

    private void runOnce() {
        JournalClock now = clock;
        try {
            if (now == null) {
                open();
            } else {
                maintain(now);
            }
        } catch (SQLException | IOException | JournalException | RuntimeException e) {
            writeFailure.occurred(now == null ? "cannot open" : "cannot write", e);
            log.debug("journal: maintenance failed", e);
            connections.evictIfReadOnly(e);
        } catch (Error e) {
            // Thrown on, it would end the schedule, and the caps would never be applied again.
            maintenanceFailure.occurred("cannot maintain", e);
            log.error("journal: maintenance failed", e);
        }
    }

    /** A failure here does not stop the journal from accepting events, so it is reported separately. */
    private void maintain(JournalClock now) throws SQLException, IOException {
        try {
            work.run();
            maintenance.run(now);
            maintenanceFailure.ended();
        } catch (SQLException e) {
            maintenanceFailure.occurred("cannot maintain", e);
            connections.evictIfReadOnly(e);
        }
        probeWriting(now);
    }

    /** Without new events, nothing else would notice that writing works again. */
    private void probeWriting(JournalClock now) throws SQLException, IOException {
        if (writeFailure.reason() != null && file.hasRoom()) {
            try (Connection connection = connections.writer().getConnection()) {
                Maintenance.save(now, connection);
            }
            writeFailure.ended();
        }
    }

    private boolean isDamaged() {
        return writeFailure.isDamage() || maintenanceFailure.isDamage();
    }
}
