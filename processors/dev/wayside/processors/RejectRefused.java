package dev.wayside.processors;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/**
 * Rejects the event of an MQTT message that the broker permanently refused. A message without an event id stays failed.
 */
public final class RejectRefused implements Processor {
    @Override
    public void process(Exchange exchange) throws Exception {
        Exception refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Optional<String> id = eventOf(exchange);
        if (id.isEmpty()) {
            throw refusal;
        }
        SinkEvents.reject(exchange, id.get(), refusal.getMessage());
    }

    private static Optional<String> eventOf(Exchange exchange) {
        MqttProperties properties =
                exchange.getMessage().getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, MqttProperties.class);
        if (properties == null) {
            return Optional.empty();
        }
        return properties.getUserProperties().stream()
                .filter(property -> property.getKey().equals(SinkEvents.ID))
                .map(UserProperty::getValue)
                .findFirst();
    }
}
