package dev.wayside.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection open, on its own thread. Each attempt uses a new Paho client, so unacknowledged messages and
 * blocked calls of the previous client cannot affect it.
 */
final class Connector implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Connector.class);

    private final Broker broker;
    private final MqttConnectionOptions options;
    private final Greeting greeting;
    private final ReconnectPace pace = new ReconnectPace(
            System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    private final ScheduledThreadPoolExecutor thread;
    private final DisconnectDiagnosis diagnosis = new DisconnectDiagnosis();
    private final ConnectionReport report;
    private final Optional<Arrivals> arrivals;
    private final CountDownLatch attempted = new CountDownLatch(1);
    private volatile AcceptedConnection connection;

    /**
     * The broker to connect to, and how messages refer to it.
     *
     * @param name the name of this connection in the log, such as {@code MQTT}
     * @param url the URL, with a port
     * @param clientId unique among the broker's clients
     * @param advice a sentence on what to check when the broker closes the connection without a reason; may be empty
     * @param trust what to do if its certificate is not trusted
     */
    record Broker(String name, String url, String clientId, String advice, String trust) {
        /** The advice, to be appended to a sentence; empty if there is none. */
        String adviceAfterSentence() {
            return advice.isEmpty() ? "" : ". " + advice;
        }
    }

    /** Runs first on each new connection. */
    interface Greeting {
        void greet(AcceptedConnection made) throws MqttException;
    }

    /**
     * Prepares a connection.
     *
     * @param leastWait the minimum wait before the first retry; later waits have a minimum of their own
     */
    Connector(Broker broker, MqttConnectionOptions options, Greeting greeting, Duration leastWait) {
        this(broker, options, greeting, leastWait, Optional.empty());
    }

    /**
     * As above, for a connection that also receives.
     *
     * @param arrivals takes the messages and acknowledges them; without it, none is expected
     */
    Connector(
            Broker broker,
            MqttConnectionOptions options,
            Greeting greeting,
            Duration leastWait,
            Optional<Arrivals> arrivals) {
        this.arrivals = arrivals;
        this.broker = broker;
        this.report = new ConnectionReport(broker);
        this.options = options;
        this.greeting = greeting;
        pace.setLeastFirst(leastWait);
        thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, broker.name() + "-connector"));
        // Tasks that arrive during the shutdown are not needed.
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        thread.execute(this::connect);
    }

    /**
     * Like {@link #connection()}, but waits for the outcome of the first attempt to connect. A sink with a backlog
     * publishes before the handshake is complete, and that should not be reported as a failure.
     */
    AcceptedConnection connectionAfterFirstAttempt(long milliseconds) {
        try {
            if (!attempted.await(milliseconds, TimeUnit.MILLISECONDS)) {
                log.debug("{}: the first attempt to connect takes long", broker.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return connection();
    }

    /** The connection; null while there is none. */
    AcceptedConnection connection() {
        AcceptedConnection now = connection;
        return now != null && now.client().isConnected() ? now : null;
    }

    /** Why there is no connection. */
    String reason() {
        // The client detects a loss slightly before it reports the reason.
        AcceptedConnection now = connection;
        boolean justLost = now != null && !now.client().isConnected();
        return justLost ? report.noConnection("it was just lost") : report.reason();
    }

    /** Records the outcome of messages, to find the reason of a connection loss. */
    DisconnectDiagnosis diagnosis() {
        return diagnosis;
    }

    /** Abandons a connection that does not respond, and reconnects at once. */
    void replace(AcceptedConnection silent, String why) {
        thread.execute(() -> {
            if (silent == connection) {
                report.missing(why);
                connection = null;
                abandon(silent.client());
                connect();
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void connect() {
        MqttAsyncClient client = null;
        try {
            client = new MqttAsyncClient(BrokerUrl.forPaho(broker.url()), broker.clientId(), new MemoryPersistence());
            client.setManualAcks(arrivals.isPresent());
            client.setCallback(new ConnectionLossListener(client, this::lost, arrivals.orElse(Connector::unexpected)));
            IMqttToken token = client.connect(options, null, null);
            token.waitForCompletion(ConnectionSettings.CONNECT_TIMEOUT.toMillis());
            connected(client, token);
        } catch (MqttException | RuntimeException e) {
            // Paho throws other exceptions for what it does not expect; uncaught, they would end all attempts in
            // silence.
            abandon(client);
            if (!thread.isShutdown()) {
                report.failed(e);
                retryLater();
            }
        } finally {
            attempted.countDown();
        }
    }

    private static void unexpected(MqttAsyncClient client, String topic, MqttMessage message) {
        log.debug("unexpected message on {}", topic);
    }

    private void connected(MqttAsyncClient client, IMqttToken token) {
        pace.connected();
        report.connected(pace.wasShortLived());
        AcceptedConnection made = new AcceptedConnection(client, token.getResponseProperties());
        connection = made;
        try {
            greeting.greet(made);
        } catch (MqttException e) {
            log.warn("{}: cannot publish online: {}", broker.name(), ReasonCodes.words(e, broker));
        }
        thread.schedule(() -> settle(made), pace.settlesAfter().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void settle(AcceptedConnection made) {
        if (made == connection()) {
            pace.settled();
            report.settled();
        }
    }

    private void lost(MqttAsyncClient client, MqttDisconnectResponse response) {
        thread.execute(() -> {
            AcceptedConnection now = connection;
            if (now == null || now.client() != client) {
                return;
            }
            pace.lost(response.getReturnCode() == ReasonCodes.SESSION_TAKEN_OVER);
            diagnosis.ended();
            // The reason is set first, so that a caller that sees no connection gets the reason of this loss.
            report.lost(response, diagnosis.suspicion(), pace.isDoubtful());
            connection = null;
            retryLater();
        });
    }

    /** What to check at the broker, to be appended to a sentence; empty if there is nothing. */
    String advice() {
        return broker.adviceAfterSentence();
    }

    private void retryLater() {
        Duration wait = pace.next();
        thread.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs on its own thread, because Paho waits for threads that may be blocked in the network. */
    static void abandon(MqttAsyncClient client) {
        if (client != null) {
            daemon(() -> disconnect(client), "mqtt-abandoned").start();
        }
    }

    private static void disconnect(MqttAsyncClient client) {
        try {
            client.disconnectForcibly(0, 1, false);
        } catch (MqttException e) {
            log.debug("closing an abandoned connection failed: {}", e.getMessage());
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
