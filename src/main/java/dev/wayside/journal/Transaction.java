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
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
