package dev.wayside.processors;

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
 * Makes MQTT messages of flat events, each with its topic. For each event the first is the whole event on
 * {@code <prefix>/<device>/<camera>/event}; the others are SMARTER's, one for each count, on {@code <prefix>/car_count}
 * with SMARTER's keys {@code timestamp}, {@code nodeid}, {@code sensor} and {@code car_count} and, as SMARTER had it,
 * QoS 0: they say nothing that the event does not.
 */
public final class MqttMessages {
    private static final Pattern NOT_IN_A_TOPIC = Pattern.compile("[+#/\\x00]");

    private final String topicPrefix;
    private final String smarterPrefix;
    private final String countSuffix;

    /**
     * Makes messages for these topics.
     *
     * @param topicPrefix first part of Wayside's topics
     * @param smarterPrefix first part of SMARTER's; empty for none of these
     * @param separator as in the flat names
     */
    public MqttMessages(String topicPrefix, String smarterPrefix, String separator) {
        this.topicPrefix = topicPrefix;
        this.smarterPrefix = smarterPrefix;
        this.countSuffix = separator + "count";
    }

    /**
     * The messages of an exchange.
     *
     * @param exchange with a flat event or a list of them as its body, which stays
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

    /** SMARTER's names always have the underscore, whatever stands between the parts of a flat name. */
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
        // A label may be any text; a topic may not.
        String topic = smarterPrefix + "/" + NOT_IN_A_TOPIC.matcher(name).replaceAll("_");
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, topic);
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, 0);
        message.setBody(payload);
        return message;
    }
}
