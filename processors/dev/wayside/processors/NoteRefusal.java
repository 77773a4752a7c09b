package dev.wayside.processors;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/**
 * Puts the id of an event that was refused for good, and why, into the variable {@code rejected}, a map that stands ready.
 * A message that names no event, or an exchange without that map, stays failed.
 */
public final class NoteRefusal implements Processor {
    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) throws Exception {
        Exception refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Map<String, String> rejected = exchange.getVariable(EventMessages.REJECTED, Map.class);
        Optional<String> id = eventOf(exchange);
        if (rejected == null || id.isEmpty()) {
            throw refusal;
        }
        rejected.put(id.get(), refusal.getMessage());
    }

    private static Optional<String> eventOf(Exchange exchange) {
        MqttProperties properties =
                exchange.getMessage().getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, MqttProperties.class);
        if (properties == null) {
            return Optional.empty();
        }
        return properties.getUserProperties().stream()
                .filter(property -> property.getKey().equals(EventMessages.ID))
                .map(UserProperty::getValue)
                .findFirst();
    }
}
