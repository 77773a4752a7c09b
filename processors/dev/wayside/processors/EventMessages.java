package dev.wayside.processors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.support.DefaultMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/**
 * Makes one MQTT message of each flat event: a map or a list of maps in, a list of messages out, each with the event's
 * {@code id} as a user property. The variable {@code rejected} is an empty map then, for {@link NoteRefusal} to fill.
 */
public final class EventMessages implements Processor {
    static final String REJECTED = "rejected";
    static final String ID = "id";

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> events = body instanceof List<?> list ? list : List.of(body == null ? "" : body);
        List<Message> messages = new ArrayList<>(events.size());
        for (Object event : events) {
            if (!(event instanceof Map<?, ?> map) || map.get(ID) == null) {
                throw new IllegalArgumentException(
                        "The sink takes flat events, maps with an 'id', one or a list of" + " them; this is a "
                                + (event == null ? "null" : event.getClass().getName()) + ".");
            }
            messages.add(message(exchange.getContext(), map));
        }
        exchange.setVariable(REJECTED, new LinkedHashMap<String, String>());
        exchange.getMessage().setBody(messages);
    }

    private static Message message(CamelContext context, Map<?, ?> event) {
        Message message = new DefaultMessage(context);
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, properties(String.valueOf(event.get(ID))));
        message.setBody(event);
        return message;
    }

    /** MQTT 5 properties that name the event: a receiver sees a repeated delivery without reading the payload. */
    static MqttProperties properties(String id) {
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(new UserProperty(ID, id)));
        return properties;
    }
}
