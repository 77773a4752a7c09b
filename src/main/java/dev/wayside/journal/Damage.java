package dev.wayside.journal;

import dev.wayside.failure.Causes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Distinguishes a damaged file from all other failures. */
final class Damage {
    private static final int PRIMARY_CODE = 0xff;

    private Damage() {}

    /** Whether SQLite reported that the file itself is damaged. */
    static boolean is(SQLException e) {
        int code = code(e);
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** Whether a table is missing, as in a file whose beginning was lost. */
    static boolean isMissing(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_ERROR.code;
    }

    /** Whether the root cause of a failure is that the file is damaged. */
    static boolean isRootCauseOf(Throwable failure) {
        return Causes.root(failure) instanceof SQLException e && is(e);
    }

    /** Whether SQLite could not write because the file or the disk is read-only. */
    static boolean isReadOnly(Throwable failure) {
        return Causes.root(failure) instanceof SQLException e && code(e) == SQLiteErrorCode.SQLITE_READONLY.code;
    }

    /**
     * Checks the whole file for consistency.
     *
     * @throws SQLException that {@link #is} recognises, if the file is damaged
     */
    static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma quick_check(1)")) {
            String found = row.next() ? row.getString(1) : "nothing to read";
            if (!found.equals("ok")) {
                throw new SQLiteException(
                        found.lines().reduce((first, last) -> last).orElse(found), SQLiteErrorCode.SQLITE_CORRUPT);
            }
        }
    }

    private static int code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY_CODE : -1;
    }
}
