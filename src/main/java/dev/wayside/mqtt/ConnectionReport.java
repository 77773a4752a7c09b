package dev.wayside.mqtt;

import dev.wayside.failure.Reason;
import dev.wayside.status.Repetition;
import java.time.Duration;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why there is no connection: to callers in one sentence, and in the log, where each reason appears at most once an
 * hour and not once per attempt. All methods but {@link #reason()} are for the connector's thread.
 */
final class ConnectionReport {
    private static final Logger log = LoggerFactory.getLogger(ConnectionReport.class);

    private final Connector.Broker broker;
    private final Repetition repetition = new Repetition(System::nanoTime, Duration.ofHours(1));
    private boolean logged;
    private volatile String reason = "not connected yet";
    private String tlsReason;

    ConnectionReport(Connector.Broker broker) {
        this.broker = broker;
    }

    /** The reason that was reported last. */
    String reason() {
        return reason;
    }

    /** A sentence for a connection that is missing because of {@code words}. */
    String noConnection(String words) {
        return "no connection to " + broker.url() + ": " + words;
    }

    /** There is no connection, and the reason is known. */
    void missing(String words) {
        reason = noConnection(words);
        repetition.add(words, this::logMissing, times -> logMissing());
    }

    private void logMissing() {
        logged = true;
        log.warn("{}: {}; retrying until it works", broker.name(), reason);
    }

    /**
     * An attempt to connect failed. If a broker rejects a certificate, the TLS alert is often lost; then the one of an
     * earlier attempt is used.
     */
    void failed(Exception failure) {
        if (!(failure instanceof MqttException refusal)) {
            missing(Reason.of(failure));
            return;
        }
        String words = ReasonCodes.words(refusal, broker);
        if (ReasonCodes.isTls(refusal)) {
            tlsReason = words;
        }
        missing(ReasonCodes.isClosed(refusal) && tlsReason != null ? tlsReason : words);
    }

    /**
     * A connection was lost.
     *
     * @param suspicion what the messages before the loss suggest; empty for nothing
     * @param doubtful whether connections keep dropping
     */
    void lost(MqttDisconnectResponse response, String suspicion, boolean doubtful) {
        if (response.getReturnCode() == ReasonCodes.SESSION_TAKEN_OVER) {
            missing("another client uses the client id " + broker.clientId());
            return;
        }
        String words = response.getException() == null
                ? ReasonCodes.words(response.getReturnCode())
                : ReasonCodes.words(response.getException(), broker);
        if (!suspicion.isEmpty()) {
            missing(suspicion + ": " + words + broker.adviceAfterSentence());
        } else if (doubtful) {
            missing("the connection keeps dropping: " + words + "; perhaps another client uses the client id "
                    + broker.clientId() + broker.adviceAfterSentence());
        } else {
            missing(words);
        }
    }

    /** The broker accepted a connection, which is logged unless the last one was short-lived. */
    void connected(boolean lastWasShortLived) {
        tlsReason = null;
        if (!lastWasShortLived) {
            logConnected();
        }
    }

    /** The connection has lasted; if it was not logged before, it is now. */
    void settled() {
        if (logged) {
            logConnected();
        }
    }

    private void logConnected() {
        log.info("{}: connected to {} as {}", broker.name(), broker.url(), broker.clientId());
        logged = false;
        repetition.forget();
    }
}
