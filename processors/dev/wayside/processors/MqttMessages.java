package dev.wayside.processors;

import dev.wayside.event.FlatEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.support.DefaultMessage;

/**
 * Creates the MQTT messages for flat events, each with its topic. The first message for an event is the whole event on
 * {@code <prefix>/<device>/<camera>/event}. The others follow SMARTER: one for each count, on
 * {@code <prefix>/car_count}, with SMARTER's keys {@code timestamp}, {@code nodeid}, {@code sensor} and
 * {@code car_count}. Like SMARTER's they have QoS 0: losing one loses nothing, because it only repeats what the event
 * contains.
 */
public final class MqttMessages {
    private static final Pattern NOT_IN_A_TOPIC = Pattern.compile("[+#/\\x00]");

    private final String topicPrefix;
    private final String smarterPrefix;
    private final String countSuffix;

    /**
     * @param topicPrefix the prefix of Wayside's topics
     * @param smarterPrefix the prefix of SMARTER's topics; empty for none of its messages
     * @param separator the separator in flat names
     */
    public MqttMessages(String topicPrefix, String smarterPrefix, String separator) {
        this.topicPrefix = topicPrefix;
        this.smarterPrefix = smarterPrefix;
        this.countSuffix = new FlatEvents(separator).countKey("");
    }

    /**
     * Creates the messages of an exchange.
     *
     * @param exchange has a flat event or a list of them as its body; the body stays unchanged
     */
    public List<Message> messages(Exchange exchange) {
        List<Message> messages = new ArrayList<>();
        for (Map<String, Object> event : SinkEvents.of(exchange)) {
            String topic = topicPrefix + "/" + event.get("device") + "/" + event.get("camera") + "/event";
            messages.add(EventMessages.message(exchange, event, topic));
            if (!smarterPrefix.isEmpty()) {
                event.forEach((key, value) -> {
                    if (key.endsWith(countSuffix)) {
                        messages.add(count(exchange, event, countName(key), value));
                    }
                });
            }
        }
        return messages;
    }

    /** SMARTER's names always use an underscore, whatever the separator of flat names is. */
    private String countName(String key) {
        return key.substring(0, key.length() - countSuffix.length()) + "_count";
    }

    private Message count(Exchange exchange, Map<String, Object> event, String name, Object count) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("timestamp", event.get("time"));
        payload.put("nodeid", event.get("device"));
        payload.put("sensor", event.get("camera"));
        payload.put(name, count);
        Message message = new DefaultMessage(exchange.getContext());
        // A label may contain characters that a topic may not.
        String topic = smarterPrefix + "/" + NOT_IN_A_TOPIC.matcher(name).replaceAll("_");
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, topic);
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, 0);
        message.setBody(payload);
        return message;
    }
}
