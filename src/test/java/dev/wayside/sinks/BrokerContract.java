package dev.wayside.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.mqtt.MqttUnavailableException;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a sink to an MQTT broker must be able to do: each event arrives as it is, in order, named by its id, and comes
 * twice only when its batch did not go through.
 */
abstract class BrokerContract extends SinkContract {
    private static final Words WORDS = new Words(
            MqttUnavailableException.class,
            "refuses the connection",
            // The second when it is a message without an acknowledgement that breaks it: the next one finds none.
            Set.of("the connection was lost before the broker acknowledged a message to", "no connection to"),
            "no acknowledgement of a message within 10.0 s",
            // The words say that it was this timer; the next one, of the keep-alive, would take 45 s.
            Duration.ofSeconds(30));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> seen = new ArrayList<>();
    private MosquittoSub reader;

    BrokerContract(Server server) {
        super(server, WORDS);
    }

    /** Somebody who may read everything, {@code <content type> <user properties> <payload>}. */
    abstract MosquittoSub newReader();

    /** Where this test's events arrive. */
    abstract String topic();

    /** The name under which the sink tells of its connection. */
    abstract String statusName();

    @BeforeEach
    void look() {
        reader = newReader();
    }

    @AfterEach
    void lookAway() {
        reader.close();
    }

    @Test
    void keepsTheOrder() throws Exception {
        List<Map<String, Object>> events = events(20);
        open();
        deliver(events);
        assertArrivedOnce(events);
        List<String> inOrder = new ArrayList<>();
        for (Map<String, Object> event : events) {
            inOrder.add(key(event));
        }
        assertEquals(inOrder, arrived());
    }

    @Override
    final boolean isReady(SinkRoute made) {
        return "connected".equals(made.status(statusName()).get("state"));
    }

    @Override
    final void lookAgain() {
        seen.addAll(arrivedOn(topic()));
        reader.close();
        look();
    }

    @Override
    final List<String> arrived() {
        List<String> all = new ArrayList<>(seen);
        all.addAll(arrivedOn(topic()));
        return all;
    }

    /** What came on a topic since the reader looks. */
    final List<String> arrivedOn(String topic) {
        return reader.on(topic).map(MosquittoSub.Message::payload).toList();
    }

    @Override
    final String key(Map<String, Object> event) throws JsonProcessingException {
        return "application/json id:" + event.get("id") + " " + JSON.writeValueAsString(event);
    }

    @Override
    final boolean mayRepeat() {
        return true;
    }

    @Override
    final void enlarge(Map<String, Object> event) {
        event.put("note", "n".repeat(250_000));
    }
}
