package dev.wayside.mqtt;

import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A message was refused permanently, by the broker or because the broker would refuse it; see {@link
 * ReasonCodes#isPermanent}.
 */
public final class MqttRefusedException extends MqttException {
    private static final long serialVersionUID = 1L;
    private final String words;

    MqttRefusedException(int reasonCode, String words) {
        super(reasonCode);
        this.words = words;
    }

    @Override
    public String getMessage() {
        return words;
    }
}
