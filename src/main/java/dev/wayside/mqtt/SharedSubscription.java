package dev.wayside.mqtt;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.mqtt.ReceivedBatch.Received;
import dev.wayside.status.StatusBoard;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the events of many devices for one store, together with other processes that share the subscription. The broker
 * keeps each event until {@link #acknowledge} is called, also across a crash of this process: it has a session under its
 * client id, which must therefore stay the same.
 *
 * <p>Mosquitto also deals events to members of the group that are away. Their share waits in their sessions. A member that
 * does not return must therefore {@link #leave} first. The first member, whose client id ends in {@code -0}, never leaves:
 * without a member, the broker would drop events.
 *
 * <p>One thread takes and acknowledges; any thread may call the other methods.
 */
public final class SharedSubscription implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SharedSubscription.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final ConnectionSettings settings = new ConnectionSettings();
    private final BlockingQueue<Received> arrived = new LinkedBlockingQueue<>();
    private final Supplier<?> statusSource = this::status;
    private final String url;
    private final String clientId;
    private final String store;
    private final boolean permanent;
    private final Membership membership;
    private final Departure departure;
    private final IngestHealth health;
    private RejectedEvents rejectedEvents = new RejectedEvents("wayside-rejected");
    private MeterRegistry registry = new SimpleMeterRegistry();
    private StatusBoard board;
    private IngestMeter meter;
    private Connector connector;
    private long lastActivity = System.nanoTime();
    private volatile boolean closed;

    /**
     * Prepares a subscription. Call the setters, then {@link #start()}.
     *
     * @param url the broker's, such as {@code ssl://host:8883}
     * @param member this process among those that share the subscription; the same after each restart
     * @param store the name of the store, which has a group of its own
     * @param topicPrefix of {@code <prefix>/<device>/<camera>/event}
     * @throws InvalidInputException if the URL is invalid
     */
    public SharedSubscription(String url, String member, String store, String topicPrefix) {
        if (url.isEmpty()) {
            throw new InvalidInputException(
                    "mqtt.url is 'embedded' or not set; to take events from a broker, it must be that broker's URL.");
        }
        this.url = BrokerUrl.withPort(url);
        this.clientId = member + "-" + store;
        this.store = store;
        this.permanent = member.endsWith("-0");
        this.membership = new Membership("$share/wayside-" + store + "/" + topicPrefix + "/+/+/event");
        this.departure = new Departure(clientId, store);
        this.health = new IngestHealth("ingest " + store);
    }

    public void setUsername(String username) {
        settings.username = username;
    }

    public void setPassword(String password) {
        settings.password = settings.password.withText(password);
    }

    /** A file that contains the password, optionally followed by a line end. */
    public void setPasswordFile(String file) {
        settings.password = settings.password.withFile(file);
    }

    /** PEM; CA certificates trusted for the broker's certificate. Empty trusts those of the JDK. */
    public void setCaFile(String file) {
        settings.tls = settings.tls.withCaFile(file);
    }

    /** PEM; this client's own certificate. */
    public void setCertificateFile(String file) {
        settings.tls = settings.tls.withCertificateFile(file);
    }

    /** PEM; the certificate's private key. */
    public void setKeyFile(String file) {
        settings.tls = settings.tls.withKeyFile(file);
    }

    public void setKeepAliveSeconds(int seconds) {
        settings.keepAliveSeconds = seconds;
    }

    /** How long the broker keeps the events of a member that is away. */
    public void setSessionExpirySeconds(int seconds) {
        settings.sessionExpirySeconds = seconds;
    }

    /** How many events the broker sends before the first of them is acknowledged; it keeps the others. */
    public void setReceiveMaximum(int messages) {
        settings.receiveMaximum = messages;
    }

    /** Where messages are published that the store refuses permanently; the name of the store follows. */
    public void setRejectedTopic(String topic) {
        rejectedEvents = new RejectedEvents(topic);
    }

    /** How long {@link #leave} may take; 0 for a member that never leaves. */
    public void setLeaveWithinSeconds(int seconds) {
        departure.setWithin(permanent ? Duration.ZERO : Duration.ofSeconds(seconds));
    }

    public void setMeterRegistry(MeterRegistry registry) {
        this.registry = registry;
    }

    public void setStatusBoard(StatusBoard board) {
        this.board = board;
    }

    /**
     * Starts connecting in the background; returns at once.
     *
     * @throws InvalidInputException if a file is invalid; the message names it
     */
    public void start() {
        meter = new IngestMeter(registry, store, health::failingSeconds);
        Connector.Broker broker = new Connector.Broker("MQTT", url, clientId, "", settings.tls.trustAdvice());
        connector = new Connector(
                broker,
                settings.options(url),
                made -> log.debug("{} is connected", clientId),
                Duration.ZERO,
                Optional.of((client, topic, message) ->
                        arrived.add(new Received(client, message.getId(), topic, message.getPayload()))));
        connector.start();
        if (board != null) {
            board.add("ingest", store, statusSource);
        }
    }

    /**
     * Joins the group, or leaves it when the time has come, on each new connection. To be called regularly, also while
     * nothing can be stored: after its own restart, Mosquitto has forgotten who shares a subscription, and drops events.
     *
     * @throws MqttUnavailableException if the broker does not accept the subscription
     */
    public void settle() throws MqttUnavailableException {
        AcceptedConnection connection = connector.connection();
        if (connection != null && membership.settle(connection, departure.begun())) {
            lastActivity = System.nanoTime();
        }
    }

    /**
     * Takes messages that are not acknowledged yet.
     *
     * @param most the largest number of them
     * @param within how long to wait for more after the first one
     * @return empty if none came within a moment
     */
    public Optional<ReceivedBatch> take(int most, Duration within) throws InterruptedException {
        List<Received> messages = new ArrayList<>();
        Received first = next(LOOK);
        long deadline = System.nanoTime() + within.toNanos();
        for (Received each = first; each != null; each = messages.size() < most ? next(until(deadline)) : null) {
            messages.add(each);
        }
        if (first != null) {
            lastActivity = System.nanoTime();
            return Optional.of(new ReceivedBatch(messages));
        }
        if (membership.hasLeft() && System.nanoTime() - lastActivity > QUIET.toNanos()) {
            departure.complete();
        }
        return Optional.empty();
    }

    /** The next message that can still be acknowledged; the broker sends the others again. Null if there is none. */
    private Received next(Duration patience) throws InterruptedException {
        Received next = arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        while (next != null && !next.client().isConnected()) {
            next = arrived.poll();
        }
        return next;
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** Whether a batch can still be acknowledged. If not, the broker sends its messages again, or to another member. */
    public boolean isExpected(ReceivedBatch batch) {
        return batch.isExpected();
    }

    /**
     * Tells the broker that the store has the events. Those that it refused are published to the topic for them before.
     *
     * @throws MqttException if these cannot be published now; nothing is acknowledged
     * @throws IllegalStateException if the route has ended before its last step, so that it is unknown what is stored
     */
    public void acknowledge(ReceivedBatch batch) throws MqttException {
        if (batch.endedEarly() != null) {
            throw new IllegalStateException("the route ended before its last step, by " + batch.endedEarly());
        }
        for (Map.Entry<Received, String> each : batch.rejected().entrySet()) {
            String where = rejectedEvents.publish(
                    connector.connection(), store, each.getKey().payload(), each.getValue());
            health.refused(each.getValue(), where);
        }
        for (Received each : batch.messages()) {
            // On its own connection only: on a later one, the number could be that of another message.
            if (each.client().isConnected()) {
                each.client().messageArrivedComplete(each.id(), 1);
            }
        }
        // The broker now sends the next ones, for which a member that leaves has to wait.
        lastActivity = System.nanoTime();
        meter.acknowledged(batch.size(), batch.rejected().size());
        health.works();
    }

    /** A batch was not stored. It stays unacknowledged. */
    public void failed(Throwable failure) {
        meter.failed();
        health.failed(failure);
    }

    /** Begins to leave the group, as far as it may; {@link #leave} waits for the end. */
    public void beginLeaving() {
        if (!closed) {
            departure.begin();
        }
    }

    /**
     * Leaves the group for good, as far as it may: takes no new events, and returns when those of its session are stored,
     * or when the time for it is over. Then they stay at the broker until a member with this client id returns.
     */
    public void leave() {
        beginLeaving();
        if (departure.begun() && !closed) {
            departure.await();
        }
    }

    private Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        AcceptedConnection connection = connector.connection();
        boolean connected = connection != null;
        status.put("name", "ingest " + store);
        status.put("url", url);
        status.put("client_id", clientId);
        status.put(
                "state", !connected ? "disconnected" : membership.isSettledOn(connection) ? "subscribed" : "connected");
        status.put("reason", connected ? health.reason() : connector.reason());
        status.put("stored", meter.stored());
        status.put("rejected", meter.rejected());
        status.put("failures", meter.failures());
        return status;
    }

    /** Disconnects; the session stays at the broker. */
    @Override
    public void close() {
        closed = true;
        if (board != null) {
            board.remove(statusSource);
        }
        if (connector != null) {
            AcceptedConnection connection = connector.connection();
            connector.close();
            if (connection != null) {
                Connector.abandon(connection.client());
            }
        }
    }
}
