package dev.wayside.mqtt;

import dev.wayside.failure.Causes;
import dev.wayside.failure.Reason;
import dev.wayside.failure.UnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.server.RemotingService;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT broker inside this process, so that a first run needs no installation. It accepts only local clients, keeps
 * everything in memory and has no passwords. It drops messages for a slow subscriber rather than fill the memory. For
 * permanent use, set {@code mqtt.url} to a separate broker.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String HOST = "127.0.0.1";
    private static final String ACCEPTOR = "mqtt";
    private static final int FIRST_PORT = 1883;
    private static final int PORTS_TRIED = 20;
    private static final Pattern IN_USE = Pattern.compile("Address already in use");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(1);
    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final EmbeddedActiveMQ server;
    private final int port;

    private EmbeddedBroker(EmbeddedActiveMQ server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts on 127.0.0.1:1883, or on the next free port.
     *
     * @throws UnavailableException if none of the ports is free, or the broker does not start
     */
    public static EmbeddedBroker start() {
        EmbeddedBroker broker = startOn(FIRST_PORT, PORTS_TRIED);
        log.info(
                "MQTT: embedded broker on {}{}",
                broker.url(),
                broker.port == FIRST_PORT ? "" : ", since port " + FIRST_PORT + " is taken");
        return broker;
    }

    /** As {@link #start}, on the first free one of several ports. */
    static EmbeddedBroker startOn(int first, int tried) {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration());
        try {
            server.start();
            for (int port = first; port < first + tried; port++) {
                if (listens(server, port)) {
                    return new EmbeddedBroker(server, port);
                }
            }
            server.stop();
        } catch (Exception e) {
            throw new UnavailableException("The embedded MQTT broker does not start: " + Reason.of(e) + ".", e);
        }
        throw new UnavailableException("The embedded MQTT broker finds no free port from " + first + " to "
                + (first + tried - 1) + " on " + HOST + "; set mqtt.url to a broker of your own.");
    }

    /**
     * Listens on a port unless another process has it. A check beforehand would not be enough: several instances of Wayside
     * can start at the same time. An acceptor in the configuration would be started by Artemis, which only logs the failure.
     */
    private static boolean listens(EmbeddedActiveMQ server, int port) throws Exception {
        RemotingService remoting = server.getActiveMQServer().getRemotingService();
        Acceptor acceptor =
                remoting.createAcceptor(ACCEPTOR, "tcp://" + HOST + ":" + port + "?protocols=MQTT;remotingThreads=2");
        try {
            acceptor.start();
            return true;
        } catch (IllegalStateException e) {
            remoting.destroyAcceptor(ACCEPTOR);
            if (!isTaken(e)) {
                throw e;
            }
            log.debug("port {} is taken", port, e);
            return false;
        }
    }

    /** By the words of the operating system: Netty's own transport for Linux has no type of exception for it. */
    private static boolean isTaken(Exception failure) {
        return Causes.first(failure, cause -> IN_USE.matcher(String.valueOf(cause.getMessage()))
                        .find())
                .isPresent();
    }

    /** The URL at which it listens, such as {@code tcp://127.0.0.1:1883}. */
    public String url() {
        return "tcp://" + HOST + ":" + port;
    }

    @Override
    public void close() {
        try {
            disconnectClients();
            server.stop();
        } catch (Exception e) {
            log.warn("MQTT: the embedded broker did not stop cleanly: {}", e.getMessage());
        }
    }

    /**
     * Disconnects all clients before the server stops. Artemis deletes its MQTT sessions before it disconnects the
     * clients. If a client connects in between, Artemis logs an error with a stack trace.
     */
    private void disconnectClients() throws Exception {
        ActiveMQServer broker = server.getActiveMQServer();
        // Returns when the threads that accept connections and read from them have ended.
        broker.getRemotingService().destroyAcceptor(ACCEPTOR);
        long latest = System.nanoTime() + DISCONNECT_TIMEOUT.toNanos();
        while (isProcessing(broker) && System.nanoTime() < latest) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    /** Whether the last messages of the clients are still being processed; this pool does that. */
    private static boolean isProcessing(ActiveMQServer broker) {
        return broker.getThreadPool() instanceof ThreadPoolExecutor pool
                && (pool.getActiveCount() > 0 || !pool.getQueue().isEmpty());
    }

    private static Configuration configuration() {
        Configuration configuration = new ConfigurationImpl()
                .setName("wayside")
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setGlobalMaxSize(MOST_BYTES)
                .setMaxDiskUsage(-1)
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(8);
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateAddresses(true)
                        .setAutoCreateQueues(true)
                        .setMaxSizeBytes(MOST_BYTES / 2)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP));
        return configuration;
    }
}
