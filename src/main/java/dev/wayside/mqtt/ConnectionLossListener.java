package dev.wayside.mqtt;

import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the connection loss of one client, and passes its messages on; only logs all other events. */
final class ConnectionLossListener implements MqttCallback {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLossListener.class);
    private final MqttAsyncClient client;
    private final BiConsumer<MqttAsyncClient, MqttDisconnectResponse> lost;
    private final Arrivals arrivals;

    ConnectionLossListener(
            MqttAsyncClient client, BiConsumer<MqttAsyncClient, MqttDisconnectResponse> lost, Arrivals arrivals) {
        this.client = client;
        this.lost = lost;
        this.arrivals = arrivals;
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        lost.accept(client, response);
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        log.trace("accepted by {}", serverUri);
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        log.debug("client error: {}", exception.getMessage());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        arrivals.arrived(client, topic, message);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        log.trace("message {} acknowledged", token.getMessageId());
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        log.debug("unexpected AUTH packet, reason code {}", reasonCode);
    }
}
