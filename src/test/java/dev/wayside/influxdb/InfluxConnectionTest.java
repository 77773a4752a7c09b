package dev.wayside.influxdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wayside.servers.HttpStub;
import dev.wayside.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import org.influxdb.InfluxDBIOException;
import org.influxdb.dto.Point;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The response of another server must not count as InfluxDB's. */
class InfluxConnectionTest {
    private static final Map<String, String> NO_HEADERS = Map.of();

    private final HttpStub server = new HttpStub();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aLoginPagesSuccessIsNoDelivery() {
        server.answer("/", 200, "<html>\nPlease log in</html>", NO_HEADERS);
        assertFails("(200, without the header X-Influxdb-Version): <html> Please log in</html>");
    }

    @Test
    void anEmptySuccessOfAnotherServerIsNoDelivery() {
        server.answer("/", 204, "", NO_HEADERS);
        assertFails("(204, without the header X-Influxdb-Version)");
    }

    @Test
    void aRedirectToALoginPageIsNotFollowed() {
        server.answer("/", 302, "", Map.of("Location", server.url() + "/login"));
        server.answer("/login", 200, "Please log in", Map.of("X-Influxdb-Version", "1.6.7"));
        assertFails("(302, without the header X-Influxdb-Version)");
    }

    @Test
    void influxDbsOwnSuccessIsADelivery() {
        server.answer("/write", 204, "", Map.of("X-Influxdb-Version", "1.6.7"));
        write();
    }

    private void assertFails(String words) {
        Throwable cause = assertThrows(InfluxDBIOException.class, this::write).getCause();
        assertInstanceOf(StoreUnavailableException.class, cause);
        assertEquals(
                "InfluxDB at " + server.url() + " gave an answer that is not InfluxDB's " + words, cause.getMessage());
    }

    private void write() {
        try (InfluxConnection connection = new InfluxConnection(server.url())) {
            connection.start();
            Point point =
                    Point.measurement("detections").addField("car_count", 1L).build();
            InfluxConnection.clientOf(connection)
                    .write(new PointWriter(connection, "wayside", "autogen").batch(List.of(point)));
        }
    }
}
