package dev.wayside.mqtt;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Takes the messages of a subscription. */
interface Arrivals {
    /**
     * Takes a message, and must return at once: Paho reads nothing else meanwhile, not even the answer to its keep-alive.
     *
     * @param client the connection on which it came, and on which alone it can be acknowledged
     */
    void arrived(MqttAsyncClient client, String topic, MqttMessage message);
}
