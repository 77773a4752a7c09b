package dev.wayside.journal;

import dev.wayside.failure.Causes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a damaged file from every other trouble. */
final class Damage {
    private static final int PRIMARY_CODE = 0xff;

    private Damage() {}

    /** Whether SQLite found the file itself to be broken. */
    static boolean is(SQLException e) {
        int code = code(e);
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** Whether a table is not there, as in a file that lost its beginning. */
    static boolean isMissing(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_ERROR.code;
    }

    /** Whether something failed because SQLite found the file to be broken. */
    static boolean isRootCauseOf(Throwable failure) {
        return Causes.root(failure) instanceof SQLException e && is(e);
    }

    /** Whether SQLite could not write because the file or the disk is read-only. */
    static boolean isReadOnly(Throwable failure) {
        return Causes.root(failure) instanceof SQLException e && code(e) == SQLiteErrorCode.SQLITE_READONLY.code;
    }

    /**
     * Reads the whole file.
     *
     * @throws SQLException of the kind {@link #is} if anything in it does not fit together
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
