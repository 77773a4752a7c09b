package dev.wayside.mqtt;

import org.eclipse.paho.mqttv5.common.MqttException;

/** A broker took a message and refused it: MQTT 5's reason codes from 128 up (OASIS MQTT 5.0, 2.4). */
public final class MqttRefusedException extends MqttException {
    private static final long serialVersionUID = 1L;
    private final String topic;

    MqttRefusedException(int reasonCode, String topic) {
        super(reasonCode);
        this.topic = topic;
    }

    @Override
    public String getMessage() {
        return "the broker refused a message to " + topic + ": " + ReasonCodes.words(getReasonCode());
    }
}
