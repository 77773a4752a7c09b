package dev.wayside.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal on the disk: held by one process, checked after a crash, brought to the newest form, or set aside. */
final class JournalFile {
    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** Bytes; more than any event needs. */
    private static final long ROOM = 1024 * 1024;

    private static final String[] COMPANIONS = {"", "-wal", "-shm"};

    private final Path path;
    private FileChannel lockChannel;
    private FileLock lock;

    JournalFile(Path path) {
        this.path = path;
    }

    /** How JDBC reaches it: durable at every commit, and readers never wait for the writer. */
    String url() {
        return "jdbc:sqlite:" + path + "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000";
    }

    Path path() {
        return path;
    }

    /**
     * Makes the file ready.
     *
     * @return the journal's clock as it was last, milliseconds
     * @throws JournalException if another process has it, or a newer Wayside made it
     */
    long open() throws SQLException, IOException, JournalException {
        Files.createDirectories(path.getParent());
        hold();
        try {
            return prepare();
        } catch (SQLException e) {
            if (!Damage.is(e)) {
                throw e;
            }
            return replace(e);
        }
    }

    /**
     * Connects a process that does not keep the file, and brings a file of an older form up to date.
     *
     * @throws JournalException if it is no journal, is damaged, or belongs to a Wayside of another version
     */
    Connection visit() throws SQLException, IOException, JournalException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 5000");
            bringUpToDate(connection);
            return connection;
        } catch (SQLException | IOException | JournalException e) {
            connection.close();
            if (e instanceof SQLException sql && Damage.is(sql)) {
                throw new JournalException("the journal " + path + " is damaged (" + e.getMessage()
                        + "); Wayside repairs it at its start");
            }
            throw e;
        }
    }

    private void bringUpToDate(Connection connection) throws SQLException, IOException, JournalException {
        int version = JournalSchema.version(connection);
        if (version == 0) {
            throw new JournalException(path + " is no journal of Wayside");
        }
        if (version == JournalSchema.NEWEST) {
            return;
        }
        if (!tryHold()) {
            throw new JournalException("the Wayside that uses the journal " + path
                    + " has another version than this command: restart it first");
        }
        try {
            JournalSchema.newest().migrate(connection);
        } finally {
            release();
        }
    }

    /** Whether the disk has some space left. */
    boolean hasRoom() throws IOException {
        return Files.getFileStore(path).getUsableSpace() > ROOM;
    }

    /** Lets other processes have it. */
    void release() throws IOException {
        if (lockChannel != null) {
            lockChannel.close();
            lockChannel = null;
            lock = null;
        }
    }

    private void hold() throws IOException, JournalException {
        if (!tryHold()) {
            throw new JournalException("another Wayside uses the journal " + path
                    + ": stop that one, or set journal.path to another file");
        }
    }

    private boolean tryHold() throws IOException {
        if (lock != null) {
            return true;
        }
        Path file = path.resolveSibling(path.getFileName() + ".lock");
        lockChannel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock = lockChannel.tryLock();
        } catch (OverlappingFileLockException e) {
            log.debug("{} is held by this very process", file);
        }
        if (lock == null) {
            release();
        }
        return lock != null;
    }

    private long prepare() throws SQLException, JournalException {
        boolean existed = Files.exists(path);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path + "?busy_timeout=5000");
                Statement statement = connection.createStatement()) {
            if (!existed || JournalSchema.version(connection) == 0) {
                // Counts only before the first table is made.
                statement.execute("pragma auto_vacuum = incremental");
            }
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            if (existed && JournalSchema.version(connection) > 0 && !wasClosed(statement)) {
                Damage.check(connection);
            }
            JournalSchema.newest().migrate(connection);
            statement.executeUpdate("update state set value = 0 where key = 'clean'");
            statement.executeUpdate("update cursor set active = 0");
            return lastClock(statement);
        }
    }

    private static boolean wasClosed(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select value from state where key = 'clean'")) {
            return row.next() && row.getInt(1) == 1;
        }
    }

    private static long lastClock(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select max((select value from state where key = 'clock'), coalesce(max(accepted), 0)) from"
                        + " (select accepted from event order by id desc limit 1)")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private long replace(SQLException damage) throws SQLException, IOException, JournalException {
        Path aside = setAside();
        long clock = prepare();
        String saved;
        try (Connection damaged = DriverManager.getConnection("jdbc:sqlite:" + aside);
                Connection fresh = DriverManager.getConnection(url())) {
            saved = new Salvage(damaged, fresh).run();
        }
        log.warn(
                "journal: {} was damaged ({}); {}. The damaged file is kept as {}",
                path,
                damage.getMessage(),
                saved,
                aside.getFileName());
        return Math.max(clock, prepare());
    }

    private Path setAside() throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + STAMP.format(Instant.now()));
        for (String companion : COMPANIONS) {
            Path from = path.resolveSibling(path.getFileName() + companion);
            if (Files.exists(from)) {
                Files.move(from, aside.resolveSibling(aside.getFileName() + companion));
            }
        }
        return aside;
    }
}
