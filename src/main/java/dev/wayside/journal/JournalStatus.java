package dev.wayside.journal;

import dev.wayside.failure.Reason;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a journal contains, whether it accepts events, and how much space there is. Thread-safe. */
public final class JournalStatus {
    private static final Logger log = LoggerFactory.getLogger(JournalStatus.class);

    private final JournalFile file;
    private final long mostBytes;
    private final DataSource reader;
    private final FileLifecycle lifecycle;
    private final OngoingFailure writing;

    /**
     * Reads nothing yet.
     *
     * @param mostBytes the maximum size of the file
     * @param reader connections for reading
     * @param writing why events cannot be written
     */
    JournalStatus(
            JournalFile file, long mostBytes, DataSource reader, FileLifecycle lifecycle, OngoingFailure writing) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.reader = reader;
        this.lifecycle = lifecycle;
        this.writing = writing;
    }

    /** Whether the journal accepts events, as far as its latest attempt shows. Does not read the disk. */
    public boolean accepts() {
        return lifecycle.isOpen() && writing.reason() == null;
    }

    /** Why it accepts no events, or cannot be maintained; empty if nothing is wrong. Does not read the disk. */
    public Optional<String> failure() {
        return Optional.ofNullable(lifecycle.reason());
    }

    /** The maximum size of the file in bytes. */
    public long mostBytes() {
        return mostBytes;
    }

    /** The free space in bytes of the disk with the file; empty if it cannot be determined. */
    public OptionalLong freeBytes() {
        try {
            return OptionalLong.of(file.freeBytes());
        } catch (IOException e) {
            log.debug("journal: cannot determine the free space", e);
            return OptionalLong.empty();
        }
    }

    /** A summary of its contents; empty if it is not open or cannot be read, for which {@link #plain()} has the reason. */
    public Optional<JournalReport> report() {
        try {
            return lifecycle.isOpen() ? Optional.of(read()) : Optional.empty();
        } catch (SQLException | IOException e) {
            log.debug("journal: cannot read its contents", e);
            return Optional.empty();
        }
    }

    /** The progress of all sinks; empty if it cannot be read. */
    List<JournalReport.Sink> progress() {
        return report().map(JournalReport::sinks).orElse(List.of());
    }

    /** All values under their names on the status board; {@code reason} is null if nothing is wrong. */
    Map<String, Object> plain() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("path", file.path().toString());
        String failure = lifecycle.reason();
        if (lifecycle.isOpen()) {
            try {
                status.putAll(read().plain());
            } catch (SQLException | IOException e) {
                failure = "cannot read " + file.path() + ": " + Reason.ofRoot(e);
            }
        }
        status.put("reason", failure);
        return status;
    }

    private JournalReport read() throws SQLException, IOException {
        try (Connection connection = reader.getConnection()) {
            return JournalReport.read(connection, file.path(), lifecycle.clock().millis());
        }
    }
}
