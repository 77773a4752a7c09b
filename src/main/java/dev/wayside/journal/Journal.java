package dev.wayside.journal;

import dev.wayside.failure.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a running Wayside: accepts events, registers the sinks that take them, and reports its status. The
 * component {@code journal} appends events and takes each sink's batches from {@link #deliveries()}. Thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    /** A replaced route registers its sink again within this time. */
    private static final Duration REPLACEMENT = Duration.ofSeconds(5);

    private final JournalStatus status;
    private final Connections connections;
    private final OngoingFailure writeFailure;
    private final FileLifecycle lifecycle;
    private final LabelCounts labelCounts;
    private final KeptEvents keptEvents;
    private final Sinks sinks;
    private final Registrations registrations;
    private final Intake intake;
    private final Deliveries deliveries;
    private final AppendSignal appendSignal = new AppendSignal();

    /**
     * Prepares a journal; {@link #start()} opens it.
     *
     * @param path the journal's file; its folder is created
     * @param mostBytes the maximum size of the file
     * @param longestAge how long an event is kept, counting only the time in which the journal is in use
     */
    public Journal(Path path, long mostBytes, Duration longestAge) {
        this(path, mostBytes, longestAge, LabelCounts.SUFFIX, new SimpleMeterRegistry());
    }

    /**
     * As {@link #Journal(Path, long, Duration)}, for events with other names of the counts, and with a registry of meters.
     *
     * @param countSuffix the end of the key of a count in a flat event, such as {@code _count}
     * @param registry where the journal's counts and those of the sinks are published
     */
    public Journal(Path path, long mostBytes, Duration longestAge, String countSuffix, MeterRegistry registry) {
        JournalFile file = new JournalFile(path.toAbsolutePath());
        this.connections = new Connections(file.url());
        this.writeFailure = new OngoingFailure(file.path(), "not open yet", "accepts events again");
        this.labelCounts = new LabelCounts(reader(), writer(), countSuffix);
        this.keptEvents = new KeptEvents(reader());
        Maintenance maintenance = new Maintenance(writer(), new Retention(mostBytes, longestAge), labelCounts);
        this.lifecycle = new FileLifecycle(file, connections, maintenance, writeFailure, this::whileOpen);
        this.status = new JournalStatus(file, mostBytes, reader(), lifecycle, writeFailure);
        this.sinks = new Sinks(writer(), status::progress, System::nanoTime, Clock.systemUTC(), registry);
        this.registrations = new Registrations(writer());
        this.intake = new Intake(connections, lifecycle::clock, writeFailure, appendSignal, registry);
        this.deliveries = new Deliveries(reader(), writer());
    }

    /**
     * Opens the file. If that fails for a reason that may be temporary, it retries in the background.
     *
     * @throws JournalException if retrying cannot help: another process uses the file, or a newer Wayside created it
     */
    public void start() throws JournalException {
        lifecycle.start();
    }

    /** Connections for reading. */
    DataSource reader() {
        return connections.reader();
    }

    /** The one connection for writing. */
    DataSource writer() {
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
        return lifecycle.isOpen();
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
        register(sink, start, sink);
    }

    /**
     * As {@link #register(String, String)}, for a route that may be removed.
     *
     * @param route what identifies the route until it is unregistered
     */
    public void register(String sink, String start, Object route) {
        sinks.registered(sink);
        registrations.add(sink, start, route);
        if (isOpen()) {
            try {
                registerSinks();
            } catch (SQLException e) {
                writeFailure.occurred("cannot register " + sink + " in", e);
            }
        }
    }

    /**
     * All routes have been started. A sink of an earlier run that was not registered by now is off: what the caps drop is
     * not counted as its loss. Until now, it was.
     */
    public void registered() {
        registrations.complete();
        if (isOpen()) {
            try {
                registrations.write();
            } catch (SQLException e) {
                writeFailure.occurred("cannot write", e);
            }
        }
    }

    /**
     * Marks a sink as off because its route was removed: it is not late, whatever its backlog. Its cursor stays, so that it
     * continues from there when it is registered again. It takes effect after some seconds, so that a sink whose route is
     * only replaced stays on: what the caps drop meanwhile is counted as its loss. It has no effect while other routes
     * deliver to the sink.
     *
     * @param route as passed to {@link #register(String, String, Object)}
     */
    public void unregister(String sink, Object route) {
        registrations.leave(sink, route, System.nanoTime());
    }

    /** The states and counts of the sinks. */
    public Sinks sinks() {
        return sinks;
    }

    /** How many objects the events had, by minute and by hour. */
    public LabelCounts labelCounts() {
        return labelCounts;
    }

    /** The events that the journal still has. */
    public KeptEvents keptEvents() {
        return keptEvents;
    }

    /**
     * Reads the dead letters. Neither frames nor sinks wait for this.
     *
     * @param work gets access only while it runs
     * @throws SQLException if the journal cannot be read
     */
    public <T> T readDeadLetters(DeadLetters.Work<T> work) throws SQLException {
        try (Connection connection = reader().getConnection()) {
            return work.with(new DeadLetters(connection));
        }
    }

    /**
     * Changes the dead letters; takes effect at once.
     *
     * @param work gets access only while it runs; frames wait for it
     * @throws SQLException if the journal cannot be written
     */
    public <T> T changeDeadLetters(DeadLetters.Work<T> work) throws SQLException {
        try (Connection connection = writer().getConnection()) {
            return work.with(new DeadLetters(connection));
        }
    }

    /** Notes a failure. If its root cause is a damaged file, the next start checks the file. */
    public void noteDamage(Throwable failure) {
        writeFailure.noteDamage(failure);
    }

    /** The journal's status for the status board; {@code reason} is null if nothing is wrong. */
    public Map<String, Object> status() {
        return status.plain();
    }

    /** What it contains, whether it accepts events, and how much space there is. */
    public JournalStatus state() {
        return status;
    }

    /**
     * Waits for no blocked thread, and at most two seconds for its own maintenance. A journal that is not closed, or seems
     * damaged, is checked at the next start.
     */
    @Override
    public void close() throws IOException {
        sinks.close();
        if (isOpen()) {
            try {
                registrations.switchOff(System.nanoTime());
            } catch (SQLException e) {
                log.warn("journal: a removed sink is not marked as off: {}", Reason.ofRoot(e));
            }
        }
        lifecycle.close();
    }

    private void whileOpen() throws SQLException {
        sinks.logLateness();
        registrations.switchOff(System.nanoTime() - REPLACEMENT.toNanos());
        registerSinks();
    }

    /** A sink that has just been registered looks for events at once. */
    private void registerSinks() throws SQLException {
        if (registrations.write()) {
            appendSignal.signal();
        }
    }

    void applyCaps() throws SQLException {
        lifecycle.applyCaps();
    }

    void countNew() throws SQLException {
        labelCounts.countNew(lifecycle.clock());
    }
}
