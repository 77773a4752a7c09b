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

/** The journal on the disk: held by one process, checked after a crash, brought to the newest form, or set aside. */
final class JournalFile {
    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);
    /** To what the write-ahead log is cut when it has grown beyond; it is then written from its start again. */
    private static final long LARGEST_LOG = 16 * 1024 * 1024;

    /** Bytes; more than any event needs. */
    private static final long ROOM = 1024 * 1024;

    private final Path path;
    private final Replacement replacement;

    private FileChannel lockChannel;
    private FileLock lock;

    JournalFile(Path path) {
        this.path = path;
        this.replacement = new Replacement(path);
    }

    /** How JDBC reaches it: durable at every commit, and readers never wait for the writer. */
    String url() {
        return url(path) + "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000&journal_size_limit=" + LARGEST_LOG;
    }

    /** Where JDBC finds a file, whose name may have characters that mean something in a url. */
    static String url(Path file) {
        return "jdbc:sqlite:" + file.toUri();
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
        try {
            Files.createDirectories(path.getParent());
            acquireLock();
        } catch (AccessDeniedException e) {
            // All that it says is the file's name, which a cause of this would add once more.
            throw new IOException("this user may not write " + e.getFile()
                    + "; start Wayside in a folder of this user's own, or set journal.path");
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
     * Connects a process that does not keep the file, and brings a file of an older form up to date.
     *
     * @throws JournalException if it is no journal, is damaged, or belongs to a Wayside of another version
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
     * Only looks into the file, whoever has it.
     *
     * @throws JournalException if it is no journal or is damaged
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
        return new JournalException("the journal " + path + " is damaged, or no journal of Wayside (" + e.getMessage()
                + "); Wayside repairs it at its start");
    }

    private int version(Connection connection) throws SQLException, JournalException {
        int version = JournalSchema.version(connection);
        if (version == 0) {
            throw new InvalidInputException(path + " is no journal of Wayside");
        }
        return version;
    }

    private void bringUpToDate(Connection connection) throws SQLException, IOException, JournalException {
        int version = version(connection);
        if (version == JournalSchema.NEWEST) {
            return;
        }
        if (!tryLock()) {
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

    private void acquireLock() throws IOException, JournalException {
        if (!tryLock()) {
            throw new JournalException("another Wayside uses the journal " + path
                    + ": stop that one, or set journal.path to another file");
        }
    }

    private boolean tryLock() throws IOException {
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

    /**
     * Makes a file what the newest Wayside takes for a journal, after a look whether it is whole.
     *
     * @return the journal's clock as it was last, milliseconds
     */
    static long prepare(Path file) throws SQLException, JournalException {
        boolean existed = Files.exists(file);
        try (Connection connection = DriverManager.getConnection(url(file) + "?busy_timeout=5000");
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
}
