package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.GuardedBroker;
import dev.wayside.servers.MosquittoSub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        Map<String, String> parameters = new HashMap<>(Map.of(
                "url",
                url,
                "clientId",
                device,
                "username",
                GuardedBroker.USER,
                "password",
                password,
                "messageExpiry",
                "3600",
                "smarterPrefix",
                "smarter/" + device));
        if (!ca.isEmpty()) {
            parameters.put("caFile", ca);
        }
        return SinkRoute.ofKamelet("wayside-mqtt-sink", parameters);
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
    void connectsOnDemandWithTheFirstEvent() throws Exception {
        Map<String, String> parameters = Map.of(
                "url",
                "tcp://127.0.0.1:" + broker.port(),
                "clientId",
                device,
                "username",
                GuardedBroker.USER,
                "password",
                GuardedBroker.PASSWORD,
                "onDemand",
                "true");
        sink = SinkRoute.ofKamelet("wayside-mqtt-sink", parameters);
        assertNull(sink.status("mqtt"), "it stays out of the status");
        List<Map<String, Object>> events = events(2);
        assertDelivers(events);
        assertArrived(events);
    }
}
