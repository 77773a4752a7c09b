package dev.wayside.journal;

import dev.wayside.failure.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's file: locked by one process, checked after a crash, migrated to the newest schema, or replaced if
 * damaged.
 */
final class JournalFile {
    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);
    /** A larger write-ahead log is truncated to this size after a checkpoint. */
    private static final long LARGEST_LOG = 16 * 1024 * 1024;

    /** In bytes; more than any event needs. */
    private static final long ROOM = 1024 * 1024;

    private final Path path;
    private final Replacement replacement;

    private FileChannel lockChannel;
    private FileLock lock;

    JournalFile(Path path) {
        this.path = path;
        this.replacement = new Replacement(path);
    }

    /** The JDBC URL, with the settings that make every commit durable and let readers never wait for the writer. */
    String url() {
        return url(path) + "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000&journal_size_limit=" + LARGEST_LOG;
    }

    /** The JDBC URL of a file; escapes characters of its name that have a meaning in a URL. */
    static String url(Path file) {
        return "jdbc:sqlite:" + file.toUri();
    }

    Path path() {
        return path;
    }

    /** The file that the process locks which uses this journal. */
    static Path lockFile(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".lock");
    }

    /**
     * Locks the file, repairs it if it is damaged, and migrates it to the newest schema.
     *
     * @return the last value of the journal's clock, in milliseconds
     * @throws JournalException if another process uses it, or a newer Wayside created it
     */
    long open() throws SQLException, IOException, JournalException {
        try {
            Files.createDirectories(path.getParent());
            acquireLock();
        } catch (AccessDeniedException e) {
            // Without the cause: its message is only the file's name, which would then appear twice.
            throw new IOException("this user may not write " + e.getFile() + "; start Wayside in a folder that this"
                    + " user can write, or set journal.path");
        }
        replacement.finish();
        try {
            return prepare(path);
        } catch (SQLException e) {
            if (!Damage.is(e)) {
                throw e;
            }
            replacement.make(e);
            return prepare(path);
        }
    }

    /**
     * Connects a process that does not run the journal, such as a command; migrates a file with an older schema.
     *
     * @throws JournalException if it is not a journal, is damaged, or is in use by a Wayside of another version
     */
    Connection connect() throws SQLException, IOException, JournalException {
        Connection connection = DriverManager.getConnection(url(path));
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 5000");
            bringUpToDate(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw explained(e);
        } catch (IOException | JournalException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Reads the file without changing it; another process may be using it.
     *
     * @throws JournalException if it is not a journal or is damaged
     */
    JournalReport report() throws SQLException, IOException, JournalException {
        try (Connection connection = DriverManager.getConnection(url(path) + "?mode=ro")) {
            version(connection);
            return JournalReport.read(connection, path);
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private JournalException explained(SQLException e) throws SQLException {
        if (!Damage.is(e)) {
            throw e;
        }
        return new JournalException("the journal " + path + " is damaged, or is not a Wayside journal ("
                + e.getMessage() + "); Wayside repairs a damaged journal when it starts");
    }

    private int version(Connection connection) throws SQLException, JournalException {
        int version = JournalSchema.version(connection);
        if (version == 0) {
            throw new InvalidInputException(path + " is not a Wayside journal");
        }
        return version;
    }

    private void bringUpToDate(Connection connection) throws SQLException, IOException, JournalException {
        int version = version(connection);
        if (version == JournalSchema.NEWEST) {
            return;
        }
        if (!tryLock()) {
            throw new JournalException("a Wayside of another version than this command uses the journal " + path
                    + ": restart that Wayside first");
        }
        try {
            JournalSchema.newest().migrate(connection);
        } finally {
            release();
        }
    }

    /** Whether the disk has space for at least one more event. */
    boolean hasRoom() throws IOException {
        return freeBytes() > ROOM;
    }

    /** The free space of its disk that this user may use. */
    long freeBytes() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    /** Releases the lock, so that another process can open the file. */
    void release() throws IOException {
        if (lockChannel != null) {
            lockChannel.close();
            lockChannel = null;
            lock = null;
        }
    }

    private void acquireLock() throws IOException, JournalException {
        if (!tryLock()) {
            throw new JournalException(
                    "another Wayside uses the journal " + path + ": stop it, or set journal.path to another file");
        }
    }

    private boolean tryLock() throws IOException {
        if (lock != null) {
            return true;
        }
        Path file = lockFile(path);
        lockChannel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock = lockChannel.tryLock();
        } catch (OverlappingFileLockException e) {
            log.debug("{} is already locked by this process", file);
        }
        if (lock == null) {
            release();
        }
        return lock != null;
    }

    /**
     * Creates the file or migrates it to the newest schema; first checks it for damage if it was not closed cleanly.
     *
     * @return the last value of the journal's clock, in milliseconds
     */
    static long prepare(Path file) throws SQLException, JournalException {
        boolean existed = Files.exists(file);
        try (Connection connection = DriverManager.getConnection(url(file) + "?busy_timeout=5000");
                Statement statement = connection.createStatement()) {
            if (!existed || JournalSchema.version(connection) == 0) {
                // Has an effect only before the first table is created.
                statement.execute("pragma auto_vacuum = incremental");
            }
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            if (existed && JournalSchema.version(connection) > 0 && !wasClosed(statement)) {
                Damage.check(connection);
            }
            JournalSchema.newest().migrate(connection);
            statement.executeUpdate("update state set value = 0 where key = 'clean'");
            // The sinks of the previous run stay on until the routes are started: what the caps drop meanwhile is their
            // loss, see Journal.registered.
            statement.executeUpdate("update cursor set paused = 0");
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
}
