package dev.wayside.mqtt;

import dev.wayside.status.StatusBoard;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * An MQTT 5 client that connects in the background, again and again until it succeeds, and whose {@link #publish} fails
 * when the broker refuses the message. (Paho's own returns normally then, and the message is gone.)
 *
 * <p>While there is no connection, {@code publish} fails at once, but for the very first attempt, whose outcome it waits
 * for. On its status topic it says {@code online} when it
 * connects and {@code offline} when it leaves, both retained; the broker says {@code offline} for it when it dies.
 *
 * <p>It extends Paho's client, and does not hold one, because the option {@code client} of Camel's paho-mqtt5 component
 * has that class for its type. Without this option the component would make a client of its own, which connects only at
 * the start and takes a refusal for a success.
 */
public class MqttConnection extends MqttClient implements AutoCloseable {
    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(10);

    private final ConnectionSettings settings = new ConnectionSettings();
    private final Delivery delivery = new Delivery();
    private final String url;
    private final String clientId;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private String name = "MQTT";
    private String advice = "";
    private Duration leastWait = Duration.ZERO;
    private StatusBoard board;
    private boolean onDemand;
    private volatile Presence presence;
    private volatile Connector connector;

    /**
     * Prepares a connection; the setters come next, then {@link #start()}.
     *
     * @param url of the broker, as {@code tcp://host:1883} or {@code ssl://host:8883}; without a port, that of its kind
     * @param clientId unique among the broker's clients
     * @throws MqttException if Paho cannot prepare a client
     * @throws dev.wayside.failure.InvalidInputException if it is no such url
     */
    public MqttConnection(String url, String clientId) throws MqttException {
        super(BrokerUrl.forPaho(BrokerUrl.withPort(url)), clientId, new MemoryPersistence());
        this.url = BrokerUrl.withPort(url);
        this.clientId = clientId;
        setTimeToWait(ACKNOWLEDGE_TIMEOUT.toMillis());
    }

    /** How log and status call it; {@code MQTT} unless set. The status has it in small letters. */
    public final void setName(String name) {
        this.name = name;
    }

    /** A sentence on what to look at when the broker closes the connection without saying why. */
    public final void setAdvice(String advice) {
        this.advice = advice;
    }

    public final void setUsername(String username) {
        settings.username = username;
    }

    public final void setPassword(String password) {
        settings.password = settings.password.withText(password);
    }

    /** A file that holds the password and perhaps a line end. */
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

    /** The protocol to ask for in the TLS greeting (ALPN), for {@code ssl:} only; empty for none. */
    public final void setAlpn(String protocol) {
        settings.alpn = protocol;
    }

    /** Where {@code online} and {@code offline} are said, retained. */
    public final void setStatusTopic(String topic) {
        settings.statusTopic = topic;
    }

    /** A dead connection is noticed after about one and a half times as long. */
    public final void setKeepAliveSeconds(int seconds) {
        settings.keepAliveSeconds = seconds;
    }

    /** How long the broker keeps the session of a client that is away; 0 starts a clean one each time. */
    public final void setSessionExpirySeconds(int seconds) {
        settings.sessionExpirySeconds = seconds;
    }

    /** After how long the broker drops a message that it could not hand on; 0 for never. */
    public final void setMessageExpirySeconds(int seconds) {
        delivery.messageExpirySeconds = seconds;
    }

    /** The kind of content that messages are said to have, unless they say it themselves; empty for none. */
    public final void setContentType(String contentType) {
        delivery.contentType = contentType;
    }

    /** The most bytes of a payload; 0 leaves it to the broker. */
    public final void setMaxMessageSize(int bytes) {
        delivery.maxMessageSize = bytes;
    }

    /** Whether all messages go to one topic: who may not write there is then no fault of a single message. */
    final void setOneTopic(boolean one) {
        delivery.oneTopic = one;
    }

    /** How long a lost connection stays so at least; zero for a moment only. */
    final void setLeastWait(Duration least) {
        leastWait = least;
    }

    final boolean hasCertificate() {
        return !settings.tls.certificateFile().isEmpty()
                && !settings.tls.keyFile().isEmpty();
    }

    /** Whether it connects with the first message only; it is then in no status. */
    public final void setOnDemand(boolean onDemand) {
        this.onDemand = onDemand;
    }

    /** Where it tells of itself, under its name. */
    public final void setStatusBoard(StatusBoard board) {
        this.board = board;
    }

    /**
     * Starts to connect; returns at once.
     *
     * @throws dev.wayside.failure.InvalidInputException if a file is no good; the message names it
     */
    public void start() {
        if (onDemand) {
            return;
        }
        connectOnce();
        if (board != null) {
            board.add(name.toLowerCase(Locale.ROOT), this::status);
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
     * Publishes and waits for the broker's acknowledgement (QoS 1 and 2), ten seconds at the most; a connection on which
     * none comes is given up and made anew.
     *
     * @throws MqttRefusedException if the message is refused for good
     * @throws MqttUnavailableException if it could not be delivered now
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

    @Override
    public boolean isConnected() {
        Connector started = connector;
        return started != null && started.connection() != null;
    }

    /** What it says of itself: url, state, reason (null when connected), messages published and failed. */
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

    /** Says {@code offline} and disconnects; at most about a second. */
    @Override
    public void close() {
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
        // What is inherited works on the client that is connected.
        aClient = made.client();
        presence.online(made, getTimeToWait());
    }
}
