package dev.wayside.journal;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements in a transaction: all of them or none. */
final class Transaction {
    private Transaction() {}

    /**
     * The statements of a transaction. The first one should write: while another connection writes, SQLite does not let
     * a reading transaction start to write.
     */
    interface Work {
        void run() throws SQLException;
    }

    static void in(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            afterwards(connection::rollback, e);
            afterwards(() -> connection.setAutoCommit(true), e);
            throw e;
        }
        connection.setAutoCommit(true);
    }

    /**
     * Cleans up after a failure. After some, such as of the disk, SQLite has rolled back itself, and this fails, too; what
     * matters is why.
     */
    static void afterwards(Work cleaning, Throwable cause) {
        try {
            cleaning.run();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
