package dev.wayside.mqtt;

/**
 * What a broker seems to close connections on, when it does so again and again: on each message that is to be
 * acknowledged, or after a message that has no answer (QoS 0), as a broker does that closes instead of refusing.
 * Thread-safe.
 */
final class DisconnectDiagnosis {
    private static final int ENOUGH_TO_SUSPECT = 2;

    private int onMessage;
    private int afterUnanswered;
    private String unanswered = "";
    private String suspect = "";

    /** A message of QoS 0 went to this topic. */
    synchronized void unanswered(String topic) {
        unanswered = topic;
    }

    /** A message was answered: whatever went before it, on the same connection, was no reason to close. */
    synchronized void answered() {
        onMessage = 0;
        if (!unanswered.isEmpty()) {
            unanswered = "";
            afterUnanswered = 0;
        }
    }

    /** The connection went while a message waited for its answer. */
    synchronized void closedOnMessage() {
        onMessage++;
    }

    /** A connection ended. */
    synchronized void ended() {
        suspect = unanswered;
        unanswered = "";
        afterUnanswered = suspect.isEmpty() ? 0 : afterUnanswered + 1;
    }

    /** What the broker seems to close on; empty when nothing is suspected. */
    synchronized String suspicion() {
        if (afterUnanswered >= ENOUGH_TO_SUSPECT) {
            return "the broker closes the connection after a message to " + suspect
                    + ", as if that were forbidden; grant the right to write there, or set mqtt.smarter-prefix to nothing";
        }
        return onMessage >= ENOUGH_TO_SUSPECT ? "the broker closes the connection on each message" : "";
    }
}
