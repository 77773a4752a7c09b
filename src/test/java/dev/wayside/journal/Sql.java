package dev.wayside.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs SQL on a journal's file directly. */
final class Sql {
    private Sql() {}

    /** The first column of each row as text. */
    static List<String> rows(Journal journal, String query) throws SQLException {
        try (Connection connection = journal.reader().getConnection()) {
            return rows(connection, query);
        }
    }

    static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    static long number(Journal journal, String query) throws SQLException {
        return Long.parseLong(rows(journal, query).get(0));
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
