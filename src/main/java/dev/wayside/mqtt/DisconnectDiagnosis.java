package dev.wayside.mqtt;

/**
 * Guesses why a broker repeatedly closes connections instead of refusing a message: on each message that needs an
 * acknowledgement, or after a message of QoS 0, which has none. Thread-safe.
 */
final class DisconnectDiagnosis {
    private static final int ENOUGH_TO_SUSPECT = 2;

    private int onMessage;
    private int afterUnanswered;
    private String unanswered = "";
    private String suspect = "";

    /** A message of QoS 0 was sent to this topic. */
    synchronized void unanswered(String topic) {
        unanswered = topic;
    }

    /** A message was acknowledged, so earlier messages on the same connection were no reason to close it. */
    synchronized void answered() {
        onMessage = 0;
        if (!unanswered.isEmpty()) {
            unanswered = "";
            afterUnanswered = 0;
        }
    }

    /** The connection was lost while a message waited for its acknowledgement. */
    synchronized void closedOnMessage() {
        onMessage++;
    }

    /** A connection ended. */
    synchronized void ended() {
        suspect = unanswered;
        unanswered = "";
        afterUnanswered = suspect.isEmpty() ? 0 : afterUnanswered + 1;
    }

    /** The presumed reason, as a clause; empty if there is none. */
    synchronized String suspicion() {
        if (afterUnanswered >= ENOUGH_TO_SUSPECT) {
            return "the broker closes the connection after a message to " + suspect
                    + ", probably because this client may not publish there; grant that permission, or set an empty"
                    + " mqtt.smarter-prefix";
        }
        return onMessage >= ENOUGH_TO_SUSPECT ? "the broker closes the connection on each message" : "";
    }
}
