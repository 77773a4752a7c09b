package dev.wayside.processors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class MqttMessagesTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void theWholeEventGoesFirstAndThenSmartersCounts() {
        List<Message> messages = messages("demo", "_", event("_"));
        assertEquals(
                List.of("wayside/pi-01/front/event", "demo/car_count", "demo/traffic_light_count"),
                messages.stream().map(MqttMessagesTest::topic).toList());
        assertEquals(event("_"), messages.get(0).getBody());
        assertNull(messages.get(0).getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS));
        assertEquals(
                Map.of("timestamp", "2026-11-23T10:15:30.123Z", "nodeid", "pi-01", "sensor", "front", "car_count", 2),
                messages.get(1).getBody());
        assertEquals(0, messages.get(1).getHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS));
    }

    @Test
    void smartersTopicsKeepTheirUnderscoreWhateverTheSeparator() {
        List<Message> messages = messages("city/demo", ".", event("."));
        assertEquals("city/demo/car_count", topic(messages.get(1)));
        assertEquals(2, ((Map<?, ?>) messages.get(1).getBody()).get("car_count"));
    }

    @Test
    void replacesCharactersThatATopicCannotContain() {
        Map<String, Object> event = event("_");
        event.put("c++/c#_count", 1);
        Message message = messages("demo", "_", event).get(3);
        assertEquals("demo/c___c__count", topic(message));
        assertEquals(1, ((Map<?, ?>) message.getBody()).get("c++/c#_count"));
    }

    @Test
    void anEmptyPrefixTurnsSmartersTopicsOff() {
        assertEquals(1, messages("", "_", event("_")).size());
    }

    private List<Message> messages(String smarterPrefix, String separator, Map<String, Object> event) {
        exchange.getMessage().setBody(event);
        return new MqttMessages("wayside", smarterPrefix, separator).messages(exchange);
    }

    private static Map<String, Object> event(String separator) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", "pi-01/front/1");
        event.put("device", "pi-01");
        event.put("camera", "front");
        event.put("time", "2026-11-23T10:15:30.123Z");
        event.put("car" + separator + "count", 2);
        event.put("traffic_light" + separator + "count", 0);
        return event;
    }

    private static String topic(Message message) {
        return message.getHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, String.class);
    }
}
