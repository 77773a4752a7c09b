package dev.wayside.mqtt;

import org.eclipse.paho.mqttv5.common.MqttException;

/** A message could not be delivered now; a retry may succeed. */
public final class MqttUnavailableException extends MqttException {
    private static final long serialVersionUID = 1L;
    private final String words;

    MqttUnavailableException(int reasonCode, String words) {
        super(reasonCode);
        this.words = words;
    }

    MqttUnavailableException(MqttException cause, String words) {
        super(cause.getReasonCode(), cause);
        this.words = words;
    }

    @Override
    public String getMessage() {
        return words;
    }
}
