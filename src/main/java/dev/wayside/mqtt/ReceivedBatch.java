package dev.wayside.mqtt;

import dev.wayside.event.EventBatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;

/** Messages of a {@link SharedSubscription} that the broker keeps until they are acknowledged. Thread-safe. */
public final class ReceivedBatch implements EventBatch {
    private final List<Received> messages;
    private final Map<String, Received> byEvent = new ConcurrentHashMap<>();
    private final Map<Received, String> rejected = new ConcurrentHashMap<>();
    private volatile String early;

    /**
     * A message that is not acknowledged yet.
     *
     * @param client the connection on which alone it can be acknowledged
     * @param id the broker's number for it on that connection
     */
    record Received(MqttAsyncClient client, int id, String topic, byte[] payload) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    ReceivedBatch(List<Received> messages) {
        this.messages = List.copyOf(messages);
    }

    List<Received> messages() {
        return messages;
    }

    /** The number of messages. */
    public int size() {
        return messages.size();
    }

    /** The payload of the message with this index. */
    public byte[] payload(int index) {
        return messages.get(index).payload;
    }

    /** Says which event a message is, so that a sink can reject it. Of two with the same id, the last one counts. */
    public void identify(int index, String event) {
        byEvent.put(event, messages.get(index));
    }

    /** Rejects a message that is no event. */
    public void reject(int index, String reason) {
        rejected.put(messages.get(index), reason);
    }

    @Override
    public void reject(String id, String reason) {
        Received message = byEvent.get(id);
        if (message == null) {
            throw new IllegalArgumentException("The messages in flight have no event '" + id + "' to reject.");
        }
        rejected.put(message, reason == null ? "no reason given" : reason);
    }

    @Override
    public void endEarly(String how) {
        early = how;
    }

    /** What ended a part of the route before its last step; null if nothing did. */
    String endedEarly() {
        return early;
    }

    Map<Received, String> rejected() {
        return rejected;
    }

    /** Whether the broker still waits for the acknowledgements; otherwise, it sends the messages again. */
    boolean isExpected() {
        return messages.stream().allMatch(message -> message.client.isConnected());
    }
}
