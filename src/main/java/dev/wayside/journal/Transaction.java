package dev.wayside.journal;

import java.sql.Connection;
import java.sql.SQLException;

/** All or nothing. */
final class Transaction {
    private Transaction() {}

    /** Statements of one transaction. The first should write: SQLite refuses to turn a reader into a writer at once. */
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
