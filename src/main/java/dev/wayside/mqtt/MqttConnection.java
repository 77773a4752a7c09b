package dev.wayside.mqtt;

import dev.wayside.status.StatusBoard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT 5 client that connects in the background, again and again until it succeeds, and whose {@link #publish} fails
 * when the broker refuses the message. (Paho's own returns normally then, and the message is gone.)
 *
 * <p>While there is no connection, {@code publish} fails at once. On its status topic it says {@code online} when it
 * connects and {@code offline} when it leaves, both retained; the broker says {@code offline} for it when it dies.
 */
public final class MqttConnection extends MqttClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);
    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(10);
    private static final int FIRST_REFUSAL = 128;

    private final Introduction introduction = new Introduction();
    private final ScheduledExecutorService connector = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mqtt-connector");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile String reason = "not connected yet";
    private MqttConnectionOptions options;
    private String lastLogged;
    private int attempts;

    /**
     * Prepares a connection; the setters come next, then {@link #start()}.
     *
     * @param url of the broker, as {@code tcp://host:1883} or {@code ssl://host:8883}
     * @param clientId unique among the broker's clients
     * @throws MqttException if Paho knows no such kind of url
     */
    public MqttConnection(String url, String clientId) throws MqttException {
        super(url, clientId, new MemoryPersistence());
        setTimeToWait(ACKNOWLEDGE_TIMEOUT.toMillis());
        setCallback(new Callback());
    }

    public void setUsername(String username) {
        introduction.username = username;
    }

    public void setPassword(String password) {
        introduction.password = password;
    }

    /** A file that holds the password and perhaps a line end. */
    public void setPasswordFile(String file) {
        introduction.passwordFile = file;
    }

    /** PEM; who may sign the broker's certificate. Empty trusts the JDK's authorities. */
    public void setCaFile(String file) {
        introduction.caFile = file;
    }

    /** PEM; this client's own certificate. */
    public void setCertificateFile(String file) {
        introduction.certificateFile = file;
    }

    /** PEM; the certificate's private key. */
    public void setKeyFile(String file) {
        introduction.keyFile = file;
    }

    /** Where {@code online} and {@code offline} are said, retained. */
    public void setStatusTopic(String topic) {
        introduction.statusTopic = topic;
    }

    /** A dead connection is noticed after about one and a half times as long. */
    public void setKeepAliveSeconds(int seconds) {
        introduction.keepAliveSeconds = seconds;
    }

    /** Where it tells of itself, under {@code mqtt}. */
    public void setStatusBoard(StatusBoard board) {
        board.add("mqtt", this::status);
    }

    /**
     * Starts to connect; returns at once.
     *
     * @throws IllegalArgumentException if a file is no good; the message names it
     */
    public void start() {
        options = introduction.options(getServerURI());
        connector.execute(this::connectOrRetry);
    }

    /**
     * Publishes and waits for the broker's acknowledgement (QoS 1 and 2).
     *
     * @throws MqttRefusedException if the broker refused the message for good
     * @throws MqttException if there is no connection, or no answer in time
     */
    @Override
    public void publish(String topic, MqttMessage message) throws MqttException {
        try {
            if (!isConnected()) {
                throw new MqttException(MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED);
            }
            IMqttToken token = aClient.publish(topic, message, null, null);
            // Nobody acknowledges QoS 0; to wait until Paho's thread has sent it would only hold up the next message.
            if (message.getQos() > 0) {
                token.waitForCompletion(getTimeToWait());
                refuseSilentRefusals(topic, token.getReasonCodes());
            }
            published.incrementAndGet();
        } catch (MqttException e) {
            failed.incrementAndGet();
            throw e;
        }
    }

    private static void refuseSilentRefusals(String topic, int[] reasonCodes) throws MqttRefusedException {
        if (reasonCodes != null) {
            for (int code : reasonCodes) {
                if (code >= FIRST_REFUSAL) {
                    throw new MqttRefusedException(code, topic);
                }
            }
        }
    }

    /** What it says of itself: url, state, reason (null when connected), messages published and failed. */
    public Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        boolean connected = isConnected();
        status.put("url", getServerURI());
        status.put("state", connected ? "connected" : "disconnected");
        status.put("reason", connected ? null : reason);
        status.put("published", published.get());
        status.put("failed", failed.get());
        return status;
    }

    /** Says {@code offline}, disconnects and frees everything; at most about a second. */
    @Override
    public void close() throws MqttException {
        connector.shutdownNow();
        try {
            if (isConnected()) {
                setTimeToWait(500);
                sayStatus("offline");
                disconnect(200);
            }
        } catch (MqttException e) {
            log.debug("MQTT: no clean goodbye to {}: {}", getServerURI(), ReasonCodes.words(e));
        } finally {
            aClient.close(true);
        }
    }

    private void connectOrRetry() {
        try {
            connect(options);
        } catch (MqttException e) {
            report(ReasonCodes.words(e));
            retryLater();
        }
    }

    /** Full jitter, so that a fleet does not come back all at once. */
    private void retryLater() {
        long longest = Math.min(LONGEST_RETRY.toMillis(), FIRST_RETRY.toMillis() << Math.min(attempts++, 10));
        long wait = ThreadLocalRandom.current().nextLong(longest / 4, longest + 1);
        if (!connector.isShutdown()) {
            connector.schedule(this::connectOrRetry, wait, TimeUnit.MILLISECONDS);
        }
    }

    /** Once for each reason, not once for each attempt. */
    private void report(String words) {
        reason = "no connection to " + getServerURI() + ": " + words;
        if (!words.equals(lastLogged)) {
            log.warn("MQTT: {}; trying again until it works", reason);
            lastLogged = words;
        }
    }

    private void sayStatus(String state) throws MqttException {
        if (!introduction.statusTopic.isEmpty()) {
            aClient.publish(introduction.statusTopic, retained(state), null, null)
                    .waitForCompletion(getTimeToWait());
        }
    }

    static MqttMessage retained(String payload) {
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        message.setRetained(true);
        return message;
    }

    private final class Callback implements MqttCallback {
        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            attempts = 0;
            lastLogged = null;
            log.info("MQTT: connected to {} as {}", serverUri, getClientId());
            if (!connector.isShutdown()) {
                connector.execute(this::sayOnline);
            }
        }

        private void sayOnline() {
            try {
                sayStatus("online");
            } catch (MqttException e) {
                log.warn("MQTT: cannot say online on {}: {}", introduction.statusTopic, ReasonCodes.words(e));
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            if (connector.isShutdown()) {
                return;
            }
            MqttException cause = response.getException();
            report(cause == null ? ReasonCodes.words(response.getReturnCode()) : ReasonCodes.words(cause));
            connector.execute(MqttConnection.this::retryLater);
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            log.debug("MQTT: {}", ReasonCodes.words(exception));
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            log.debug("MQTT: unexpected message on {}", topic);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            log.trace("MQTT: message {} acknowledged", token.getMessageId());
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            log.debug("MQTT: unexpected AUTH packet, reason code {}", reasonCode);
        }
    }
}
