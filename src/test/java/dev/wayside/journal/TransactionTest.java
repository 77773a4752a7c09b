package dev.wayside.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TransactionTest {
    /** After a failure of the disk, SQLite has rolled back itself, and there is no transaction to roll back. */
    @Test
    void aFailedRollbackDoesNotHideTheCause() {
        Connection connection = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean ends = method.getName().equals("setAutoCommit") && arguments[0].equals(true);
                    if (ends || method.getName().equals("rollback")) {
                        throw new SQLException("no transaction is active");
                    }
                    return null;
                });
        SQLException thrown = assertThrows(
                SQLException.class,
                () -> Transaction.in(connection, () -> {
                    throw new SQLException("disk I/O error");
                }));
        assertEquals("disk I/O error", thrown.getMessage());
        assertEquals(2, thrown.getSuppressed().length);
    }
}
