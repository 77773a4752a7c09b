package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.mqtt.MqttRefusedException;
import dev.wayside.servers.GuardedBroker;
import dev.wayside.servers.MosquittoSub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The route {@code mqtt-publish}, as it stands in the folder of routes. */
class MqttSinkIT extends BrokerContract {
    private final GuardedBroker broker;

    MqttSinkIT(GuardedBroker broker) {
        super(broker);
        this.broker = broker;
    }

    @Override
    SinkRoute connect(int port) throws Exception {
        return route("tcp://127.0.0.1:" + port, GuardedBroker.PASSWORD, "");
    }

    @Override
    SinkRoute connectOverTls(int port, String ca) throws Exception {
        return route("ssl://localhost:" + port, GuardedBroker.PASSWORD, ca);
    }

    @Override
    SinkRoute connectAsStranger(int port, String ca) throws Exception {
        return route("ssl://localhost:" + port, "wrong", ca);
    }

    private SinkRoute route(String url, String password, String ca) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "device",
                device,
                "mqtt.url",
                url,
                "mqtt.client-id",
                device,
                "mqtt.username",
                GuardedBroker.USER,
                "mqtt.password",
                password,
                "mqtt.ca-file",
                ca,
                "mqtt.keep-alive",
                "30",
                "mqtt.message-expiry",
                "3600",
                "mqtt.max-message-size",
                "0",
                "mqtt.smarter-prefix",
                "smarter/" + device));
        return SinkRoute.ofFile("mqtt-publish.yaml", "direct:mqtt-publish", settings);
    }

    @Override
    String strangers() {
        return "not authorized (135)";
    }

    @Override
    int tlsPort() {
        return broker.tlsPort();
    }

    @Override
    String ca() {
        return broker.ca();
    }

    @Override
    String statusName() {
        return "mqtt";
    }

    @Override
    MosquittoSub newReader() {
        return broker.reader();
    }

    @Override
    String topic() {
        return "wayside/" + device + "/front/event";
    }

    @Test
    @Override
    void rejectsWhatTheServerRefusesInItsOwnWords() throws Exception {
        assertRejects(
                MqttSinkIT::forbid,
                "the broker refused a message to wayside/" + device + "/forbidden/event: not authorized (135)");
    }

    /** Nobody may write to that camera's topic. */
    private static void forbid(Map<String, Object> event) {
        event.put("camera", "forbidden");
    }

    @Test
    void countsGoOutBesideEachEventEvenWhereTheEventItselfIsForbidden() throws Exception {
        List<Map<String, Object>> events = events(3);
        forbid(events.get(1));
        open();
        assertEquals(1, sink.deliver(events).size());
        await().atMost(PATIENCE)
                .until(() -> arrivedOn("smarter/" + device + "/car_count").size() == 3);
    }

    @Test
    void messagesSayWhenTheyExpire() throws Exception {
        open();
        try (MosquittoSub expiries = broker.reader("-F", "%t %r %E")) {
            deliver(events(1));
            await().atMost(PATIENCE).until(() -> expiries.on(topic()).count() == 1);
            String seconds = expiries.on(topic()).findFirst().orElseThrow().payload();
            assertTrue(Integer.parseInt(seconds) > 3000, seconds);
            assertTrue(Integer.parseInt(seconds) <= 3600, seconds);
        }
    }

    @Test
    void aRefusalThatNobodyNotesIsAnError() throws Exception {
        Map<String, String> parameters = Map.of(
                "url",
                "tcp://127.0.0.1:" + broker.port(),
                "clientId",
                device,
                "username",
                GuardedBroker.USER,
                "password",
                GuardedBroker.PASSWORD,
                "topic",
                "wayside/" + device + "/forbidden/event");
        sink = SinkRoute.ofKamelet("wayside-mqtt-sink", parameters);
        await().atMost(PATIENCE).until(() -> isReady(sink));
        Exception failure = assertThrows(Exception.class, () -> sink.deliver("no event"));
        assertTrue(failure instanceof MqttRefusedException, failure::toString);
    }
}
