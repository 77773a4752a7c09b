package dev.wayside.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationsTest {
    private Journal journal;
    private Registrations registrations;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        journal = new Journal(directory.resolve("journal.db"), 1L << 30, Duration.ofDays(1));
        journal.start();
        registrations = new Registrations(journal.writer());
        registrations.add("a", "newest", "route 1");
        registrations.write();
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
    }

    @Test
    void aSinkWhoseRouteIsReplacedStaysOn() throws SQLException {
        registrations.leave("a", "route 1", 100);
        registrations.switchOff(99);
        assertEquals(1, active());
        registrations.add("a", "newest", "route 2");
        registrations.write();
        registrations.switchOff(200);
        assertEquals(1, active());
    }

    @Test
    void aSinkWhoseRouteWasRemovedIsSwitchedOffLater() throws SQLException {
        registrations.leave("a", "route 1", 100);
        registrations.switchOff(100);
        assertEquals(0, active());
    }

    @Test
    void aSinkStaysOnWhileAnotherRouteDeliversToIt() throws SQLException {
        registrations.add("a", "newest", "route 2");
        registrations.add("a", "newest", "route 2");
        registrations.write();
        registrations.leave("a", "route 2", 100);
        registrations.switchOff(200);
        assertEquals(1, active());
        registrations.leave("a", "route 1", 100);
        registrations.switchOff(200);
        assertEquals(0, active());
    }

    @Test
    void onlyWhenAllRoutesAreStartedIsASinkOfAnEarlierRunOff() throws SQLException {
        Registrations next = new Registrations(journal.writer());
        next.add("b", "newest", "route 1");
        next.write();
        assertEquals(1, active());
        next.complete();
        next.write();
        assertEquals(0, active());
        registrations.add("a", "newest", "late route");
        registrations.write();
        next.write();
        assertEquals(1, active());
    }

    private int active() throws SQLException {
        try (Connection connection = journal.writer().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select active from cursor where sink = 'a'")) {
            return row.getInt(1);
        }
    }
}
