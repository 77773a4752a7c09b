package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.status.StatusBoard;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;

/** The status of connections whose broker is gone. */
class MqttStatusTest {
    private static final String NOBODY = "tcp://127.0.0.1:1";

    private final StatusBoard board = new StatusBoard("pi-01", "1.0", Clock.systemUTC());

    @Test
    void aClosedConnectionIsNoReasonAnyMore() throws MqttException {
        MqttConnection first = started("wayside-pi");
        MqttConnection second = started("wayside-cloud");
        await().until(() -> reasons().size() == 2);
        assertEquals(Set.of("mqtt", "mqtt wayside-cloud"), connections());
        first.close();
        assertEquals(Set.of("mqtt wayside-cloud"), connections());
        second.close();
        assertEquals(List.of(), reasons());
        assertEquals("running", board.snapshot().get("state"));
    }

    private MqttConnection started(String clientId) throws MqttException {
        MqttConnection connection = new MqttConnection(NOBODY, clientId);
        connection.setStatusBoard(board);
        connection.start();
        return connection;
    }

    private List<?> reasons() {
        return (List<?>) board.snapshot().get("reasons");
    }

    private Set<String> connections() {
        Set<String> names = new TreeSet<>(board.snapshot().keySet());
        names.removeIf(name -> !name.startsWith("mqtt"));
        return names;
    }
}
