package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wayside.mqtt.ReceivedBatch.Received;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;

class ReceivedBatchTest {
    private final MqttAsyncClient client;
    private final Received first;
    private final Received second;
    private final ReceivedBatch batch;

    ReceivedBatchTest() throws MqttException {
        client = new MqttAsyncClient("tcp://127.0.0.1:1", "test", new MemoryPersistence());
        first = new Received(client, 1, "a", new byte[] {1});
        // The broker sends an event again with the same content; it is another message.
        second = new Received(client, 2, "a", new byte[] {1});
        batch = new ReceivedBatch(List.of(first, second));
    }

    @Test
    void aSinkRejectsAnEventByItsId() {
        batch.identify(0, "one");
        batch.identify(1, "two");
        batch.reject("two", "too old");
        assertEquals(Map.of(second, "too old"), batch.rejected());
    }

    @Test
    void aMessageThatIsNoEventIsRejectedByItsPlace() {
        batch.reject(0, "no event");
        assertEquals(Map.of(first, "no event"), batch.rejected());
        assertEquals(2, batch.size());
    }

    @Test
    void anUnknownEventCannotBeRejected() {
        batch.identify(0, "one");
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> batch.reject("two", "too old"));
        assertEquals("The messages in flight have no event 'two' to reject.", failure.getMessage());
    }

    @Test
    void theBrokerExpectsNoAcknowledgementOnALostConnection() {
        assertFalse(batch.isExpected());
    }
}
