package dev.wayside.processors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.support.DefaultMessage;

/**
 * Addresses flat events: a map or a list of such in, a list of messages out, each with its topic. For each event the
 * first is the whole event on
 * {@code <prefix>/<device>/<camera>/event}; the others are SMARTER's, one for each count, on {@code <prefix>/car_count}
 * with SMARTER's keys {@code timestamp}, {@code nodeid}, {@code sensor} and {@code car_count} and, as SMARTER had it,
 * QoS 0: they say nothing that the event does not. The event has its {@code id} as a user property; the variable
 * {@code rejected} is an empty map then, for {@link NoteRefusal} to fill.
 */
public final class MqttMessages implements Processor {
    private static final Pattern NOT_IN_A_TOPIC = Pattern.compile("[+#/\\x00]");

    private final String topicPrefix;
    private final String smarterPrefix;
    private final String countSuffix;

    /**
     * Makes the step.
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

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<Message> messages = new ArrayList<>();
        for (Object event : body instanceof List<?> batch ? batch : List.of(body)) {
            address((Map<String, Object>) event, exchange.getContext(), messages);
        }
        exchange.setVariable(EventMessages.REJECTED, new LinkedHashMap<String, String>());
        exchange.getMessage().setBody(messages);
    }

    private void address(Map<String, Object> event, CamelContext context, List<Message> messages) {
        Message whole =
                message(context, topicPrefix + "/" + event.get("device") + "/" + event.get("camera") + "/event", event);
        whole.setHeader(
                PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES,
                EventMessages.properties(String.valueOf(event.get(EventMessages.ID))));
        messages.add(whole);
        if (!smarterPrefix.isEmpty()) {
            event.forEach((key, value) -> {
                if (key.endsWith(countSuffix)) {
                    Message count = message(context, smarterPrefix + "/" + topicPart(key), smarter(event, key, value));
                    count.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, 0);
                    messages.add(count);
                }
            });
        }
    }

    /**
     * SMARTER's topics always have the underscore, whatever stands between the parts of a flat name; and for what a topic
     * cannot have, or has between its levels, since a label may be any text.
     */
    private String topicPart(String key) {
        return NOT_IN_A_TOPIC.matcher(countName(key)).replaceAll("_");
    }

    private String countName(String key) {
        return key.substring(0, key.length() - countSuffix.length()) + "_count";
    }

    private Map<String, Object> smarter(Map<String, Object> event, String key, Object count) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("timestamp", event.get("time"));
        payload.put("nodeid", event.get("device"));
        payload.put("sensor", event.get("camera"));
        payload.put(countName(key), count);
        return payload;
    }

    private static Message message(CamelContext context, String topic, Map<String, Object> payload) {
        Message message = new DefaultMessage(context);
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, topic);
        message.setBody(payload);
        return message;
    }
}
