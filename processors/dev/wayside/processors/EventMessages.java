package dev.wayside.processors;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.support.DefaultMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Creates one MQTT message for each flat event, with the event's {@code id} as a user property. */
public final class EventMessages {
    private String topic = "";

    /** The topic of all messages; empty for the one that the endpoint names. */
    public void setTopic(String topic) {
        this.topic = topic;
    }

    /**
     * Creates the messages of an exchange.
     *
     * @param exchange has a flat event or a list of them as its body; the body stays unchanged
     * @return for each event a message whose body is the event
     */
    public List<Message> messages(Exchange exchange) {
        return SinkEvents.of(exchange).stream()
                .map(event -> message(exchange, event, topic))
                .toList();
    }

    /** The property lets a receiver detect a duplicate without reading the payload. */
    static Message message(Exchange exchange, Map<String, ?> event, String topic) {
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(new UserProperty(SinkEvents.ID, SinkEvents.id(event))));
        Message message = new DefaultMessage(exchange.getContext());
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, properties);
        if (!topic.isEmpty()) {
            message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, topic);
        }
        message.setBody(event);
        return message;
    }
}
