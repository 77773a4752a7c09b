package dev.wayside.mqtt;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * A connection that the broker has accepted; all messages are sent through it. It sends one message at a time, and only
 * if neither the broker's Receive Maximum nor the limit of messages in flight is reached. The reason is that Paho
 * assigns a topic alias before it checks whether it can send. If Paho then rejects or reorders the message, the broker
 * does not know the alias and closes the connection at the next message that uses it. Thread-safe.
 */
final class AcceptedConnection {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Limits messages of QoS 0, too: nobody waits for them, so on a slow network they would fill the memory. */
    private static final int MAX_IN_FLIGHT = 100;

    private final MqttAsyncClient client;
    private final long largestPacket;
    private final int maxInFlight;
    private final boolean acknowledges;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final AtomicInteger inFlight = new AtomicInteger();

    private final MqttActionListener completion = new MqttActionListener() {
        @Override
        public void onSuccess(IMqttToken token) {
            inFlight.decrementAndGet();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            inFlight.decrementAndGet();
        }
    };

    /**
     * Takes the broker's limits from its CONNACK.
     *
     * @param client the connected client
     * @param accepted the properties of the CONNACK; may be null
     */
    AcceptedConnection(MqttAsyncClient client, MqttProperties accepted) {
        this.client = client;
        Long packet = accepted == null ? null : accepted.getMaximumPacketSize();
        largestPacket = packet == null ? Long.MAX_VALUE : packet;
        Integer messages = accepted == null ? null : accepted.getReceiveMaximum();
        Integer quality = accepted == null ? null : accepted.getMaximumQoS();
        acknowledges = quality == null || quality > 0;
        maxInFlight = messages == null ? MAX_IN_FLIGHT : Math.min(messages, MAX_IN_FLIGHT);
    }

    MqttAsyncClient client() {
        return client;
    }

    /** The maximum size of a packet in bytes. */
    long largestPacket() {
        return largestPacket;
    }

    /** Whether the broker supports acknowledged messages. If it does not, Paho silently lowers their QoS. */
    boolean acknowledges() {
        return acknowledges;
    }

    /**
     * Sends a message.
     *
     * @param deadline how long to wait until the message may be sent, as a value of {@link System#nanoTime}
     * @return completes when the message is acknowledged
     * @throws MqttException if the message could not be sent before the deadline, or the connection was lost
     */
    IMqttToken send(String topic, MqttMessage message, long deadline) throws MqttException {
        acquireSendLock(deadline);
        try {
            awaitRoom(deadline);
            return publish(topic, message);
        } finally {
            sendLock.unlock();
        }
    }

    private IMqttToken publish(String topic, MqttMessage message) throws MqttException {
        inFlight.incrementAndGet();
        try {
            return client.publish(topic, message, null, completion);
        } catch (MqttException e) {
            inFlight.decrementAndGet();
            throw e;
        }
    }

    private void acquireSendLock(long deadline) throws MqttException {
        try {
            if (!sendLock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new MqttException(MqttClientException.REASON_CODE_CLIENT_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MqttException(e);
        }
    }

    private void awaitRoom(long deadline) throws MqttException {
        while (!hasRoom()) {
            if (!client.isConnected() || Thread.currentThread().isInterrupted()) {
                throw new MqttException(MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED);
            }
            if (System.nanoTime() > deadline) {
                throw new MqttException(MqttClientException.REASON_CODE_CLIENT_TIMEOUT);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Whether another message may be sent. Paho's counter lags behind ours: it counts a message only once it is sent,
     * and still counts it for a moment after ours has dropped it. Reading ours first misses no message.
     */
    private boolean hasRoom() {
        int ours = inFlight.get();
        return ours + client.getInFlightMessageCount() < maxInFlight;
    }
}
