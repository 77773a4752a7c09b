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
 * A connection that was accepted, and the one way for messages onto it. Messages go one after the other, and only when
 * the broker takes another one (its Receive Maximum) and not too many wait to be written to the network: Paho gives a
 * topic its alias before it looks whether there is room, so that a message turned away, or overtaken, leaves an alias
 * behind that the broker has never heard of, and the broker closes the connection at the next message with it.
 * Thread-safe.
 */
final class AcceptedConnection {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Nobody waits for a message of QoS 0: a backlog of them would fill the memory while the network is slow. */
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
     * @param accepted the properties of the CONNACK, or null
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

    /** The most bytes that a packet may have. */
    long largestPacket() {
        return largestPacket;
    }

    /** Whether the broker acknowledges messages at all; Paho lowers their QoS without a word where it does not. */
    boolean acknowledges() {
        return acknowledges;
    }

    /**
     * Hands a message over to be sent.
     *
     * @param deadline of the wait for a turn and for room, as {@link System#nanoTime} counts
     * @return tells when it is acknowledged
     * @throws MqttException if there was no room in time, or the connection went
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
     * What is not counted here any more Paho counts for a moment longer, and what waits to be sent it does not count yet:
     * this order of looking misses none.
     */
    private boolean hasRoom() {
        int ours = inFlight.get();
        return ours + client.getInFlightMessageCount() < maxInFlight;
    }
}
