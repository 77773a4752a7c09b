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
        } catch (SQLException | RuntimeException e) {
            rollBack(connection::rollback, e);
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** After some failures, such as of the disk, SQLite has rolled back itself; what matters is why. */
    static void rollBack(Work rollback, Exception cause) {
        try {
            rollback.run();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
