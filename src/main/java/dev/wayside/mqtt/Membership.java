package dev.wayside.mqtt;

import java.util.OptionalInt;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Whether a client is a member of the group that shares a subscription. Only {@link #isSettledOn} is for any thread. */
final class Membership {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final int QOS = 1;

    private final String filter;
    private volatile AcceptedConnection settledOn;
    private boolean left;

    /** @param filter {@code $share/<group>/<topic filter>} */
    Membership(String filter) {
        this.filter = filter;
    }

    /** Whether this client has left the group on the current connection. */
    boolean hasLeft() {
        return left;
    }

    /**
     * Joins or leaves, once on each connection. The broker keeps a membership with the session, but not one that it has
     * lost.
     *
     * @return whether this call has changed something
     * @throws MqttUnavailableException if the broker does not let it
     */
    boolean settle(AcceptedConnection connection, boolean leave) throws MqttUnavailableException {
        if (connection == settledOn && left == leave) {
            return false;
        }
        try {
            IMqttToken token = leave
                    ? connection.client().unsubscribe(filter)
                    : connection.client().subscribe(filter, QOS);
            token.waitForCompletion(PATIENCE_MILLIS);
            requireAccepted(token.getReasonCodes(), leave);
        } catch (MqttUnavailableException e) {
            throw e;
        } catch (MqttException e) {
            throw new MqttUnavailableException(
                    e,
                    "the broker did not accept the subscription " + filter + ": "
                            + ReasonCodes.words(e.getReasonCode()));
        }
        settledOn = connection;
        left = leave;
        return true;
    }

    /** Whether it has joined or left on this connection. */
    boolean isSettledOn(AcceptedConnection connection) {
        return connection == settledOn;
    }

    private void requireAccepted(int[] codes, boolean leave) throws MqttUnavailableException {
        OptionalInt refusal = ReasonCodes.refusal(codes);
        if (refusal.isPresent()) {
            throw new MqttUnavailableException(
                    refusal.getAsInt(),
                    "the broker refused the subscription " + filter + ": " + ReasonCodes.words(refusal.getAsInt()));
        }
        if (!leave && codes != null && codes.length > 0 && codes[0] < QOS) {
            throw new MqttUnavailableException(
                    ReasonCodes.QOS_NOT_SUPPORTED,
                    "the broker grants " + filter + " QoS 0 only, so a lost event would go unnoticed; allow QoS 1");
        }
    }
}
