package dev.wayside.mqtt;

import dev.wayside.status.StatusBoard;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * An MQTT 5 client that connects in the background and retries until it succeeds. Its {@link #publish} fails if the
 * broker refuses the message, whereas Paho's own returns normally and the message is lost.
 *
 * <p>While there is no connection, {@code publish} fails at once; it waits only for the outcome of the first attempt to
 * connect. On its status topic it publishes {@code online} when it connects and {@code offline} when it disconnects,
 * both retained. If it dies, the broker publishes {@code offline} as its will.
 *
 * <p>It extends Paho's client instead of wrapping it, because the option {@code client} of Camel's paho-mqtt5 component
 * has that type. Without this option, the component would create its own client, which connects only at the start and
 * treats a refusal as a success.
 */
public class MqttConnection extends MqttClient implements AutoCloseable {
    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(10);

    private final ConnectionSettings settings = new ConnectionSettings();
    private final Delivery delivery = new Delivery();
    private final String url;
    private final String clientId;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Supplier<?> statusSource = this::status;
    private String name = "MQTT";
    private String advice = "";
    private Duration leastWait = Duration.ZERO;
    private StatusBoard board;
    private boolean onDemand;
    private volatile Presence presence;
    private volatile Connector connector;

    /**
     * Prepares a connection. Call the setters, then {@link #start()}.
     *
     * @param url the broker's URL, such as {@code tcp://host:1883} or {@code ssl://host:8883}; the port defaults to
     *     that of the scheme
     * @param clientId unique among the broker's clients
     * @throws MqttException if Paho cannot prepare a client
     * @throws dev.wayside.failure.InvalidInputException if the URL is invalid
     */
    public MqttConnection(String url, String clientId) throws MqttException {
        super(BrokerUrl.forPaho(BrokerUrl.withPort(url)), clientId, new MemoryPersistence());
        this.url = BrokerUrl.withPort(url);
        this.clientId = clientId;
        setTimeToWait(ACKNOWLEDGE_TIMEOUT.toMillis());
    }

    /** The name in the log and, in lower case, in the status; {@code MQTT} by default. */
    public final void setName(String name) {
        this.name = name;
    }

    /** A sentence on what to check when the broker closes the connection without a reason. */
    public final void setAdvice(String advice) {
        this.advice = advice;
    }

    public final void setUsername(String username) {
        settings.username = username;
    }

    public final void setPassword(String password) {
        settings.password = settings.password.withText(password);
    }

    /** A file that contains the password, optionally followed by a line end. */
    public final void setPasswordFile(String file) {
        settings.password = settings.password.withFile(file);
    }

    /** PEM; CA certificates trusted for the broker's certificate. Empty trusts those of the JDK. */
    public final void setCaFile(String file) {
        settings.tls = settings.tls.withCaFile(file);
    }

    /** PEM; this client's own certificate. */
    public final void setCertificateFile(String file) {
        settings.tls = settings.tls.withCertificateFile(file);
    }

    /** PEM; the certificate's private key, which only its owner and group may read. */
    public final void setKeyFile(String file) {
        settings.tls = settings.tls.withKeyFile(file);
    }

    /** The protocol to request with ALPN, for {@code ssl:} only; empty for none. */
    public final void setAlpn(String protocol) {
        settings.alpn = protocol;
    }

    /** The topic for {@code online} and {@code offline}, both retained. */
    public final void setStatusTopic(String topic) {
        settings.statusTopic = topic;
    }

    /** The keep-alive interval; a dead connection is detected after about one and a half times as long. */
    public final void setKeepAliveSeconds(int seconds) {
        settings.keepAliveSeconds = seconds;
    }

    /** How long the broker keeps the session of a disconnected client; 0 starts a clean session each time. */
    public final void setSessionExpirySeconds(int seconds) {
        settings.sessionExpirySeconds = seconds;
    }

    /** When the broker drops a message that it could not deliver; 0 means never. */
    public final void setMessageExpirySeconds(int seconds) {
        delivery.messageExpirySeconds = seconds;
    }

    /** The content type of messages that do not have one; empty for none. */
    public final void setContentType(String contentType) {
        delivery.contentType = contentType;
    }

    /** The maximum size of a payload in bytes; 0 leaves the limit to the broker. */
    public final void setMaxMessageSize(int bytes) {
        delivery.maxMessageSize = bytes;
    }

    /** Whether a message that the broker passes to nobody counts as not delivered. */
    public final void setRequireSubscriber(boolean require) {
        delivery.requireSubscriber = require;
    }

    /**
     * Whether all messages go to one topic. If the broker forbids the topic, that is then not a permanent refusal of a
     * message.
     */
    final void setOneTopic(boolean one) {
        delivery.oneTopic = one;
    }

    /** The minimum wait before the first attempt to reconnect; zero by default. */
    final void setLeastWait(Duration least) {
        leastWait = least;
    }

    final boolean hasCertificate() {
        return !settings.tls.certificateFile().isEmpty()
                && !settings.tls.keyFile().isEmpty();
    }

    /** Whether it connects only when the first message is published; it is then not in the status. */
    public final void setOnDemand(boolean onDemand) {
        this.onDemand = onDemand;
    }

    /** The board to which it reports its status until it is closed, under its name and, if necessary, its client id. */
    public final void setStatusBoard(StatusBoard board) {
        this.board = board;
    }

    /**
     * Starts connecting in the background; returns at once.
     *
     * @throws dev.wayside.failure.InvalidInputException if a file is invalid; the message names it
     */
    public void start() {
        if (onDemand) {
            return;
        }
        connectOnce();
        if (board != null) {
            board.add(name.toLowerCase(Locale.ROOT), clientId, statusSource);
        }
    }

    private synchronized void connectOnce() {
        if (connector == null) {
            presence = new Presence(name, url, clientId, settings);
            Connector made = new Connector(
                    new Connector.Broker(name, url, clientId, advice, settings.tls.trustAdvice()),
                    settings.options(url),
                    this::sayOnline,
                    leastWait);
            made.start();
            connector = made;
        }
    }

    /**
     * Publishes and waits up to ten seconds for the broker's acknowledgement (QoS 1 and 2). If none arrives, it
     * abandons the connection and reconnects.
     *
     * @throws MqttRefusedException if the message is refused permanently
     * @throws MqttUnavailableException if it could not be delivered now; a retry may succeed
     */
    @Override
    public void publish(String topic, MqttMessage message) throws MqttException {
        if (onDemand) {
            connectOnce();
        }
        try {
            delivery.deliver(connector, topic, message, getTimeToWait());
            published.incrementAndGet();
        } catch (MqttException e) {
            failed.incrementAndGet();
            throw e;
        }
    }

    /**
     * Waits for the outcome of the first attempt to connect.
     *
     * @throws MqttUnavailableException if it failed; the message says why
     */
    public void requireConnected() throws MqttUnavailableException {
        if (connector.connectionAfterFirstAttempt(getTimeToWait()) == null) {
            throw new MqttUnavailableException(0, connector.reason());
        }
    }

    @Override
    public boolean isConnected() {
        Connector started = connector;
        return started != null && started.connection() != null;
    }

    /** The status: url, state, reason (null when connected), and the numbers of messages published and failed. */
    public Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        boolean connected = isConnected();
        status.put("url", url);
        status.put("state", connected ? "connected" : "disconnected");
        status.put("reason", connected ? null : connector == null ? "not started" : connector.reason());
        status.put("published", published.get());
        status.put("failed", failed.get());
        return status;
    }

    /** Publishes {@code offline} and disconnects; takes at most about a second. */
    @Override
    public void close() {
        if (board != null) {
            board.remove(statusSource);
        }
        Connector started = connector;
        if (started == null) {
            return;
        }
        AcceptedConnection connection = started.connection();
        started.close();
        if (connection != null) {
            presence.offline(connection);
        }
    }

    private void sayOnline(AcceptedConnection made) throws MqttException {
        // Inherited methods use this field, so it must be the connected client.
        aClient = made.client();
        presence.online(made, getTimeToWait());
    }
}
