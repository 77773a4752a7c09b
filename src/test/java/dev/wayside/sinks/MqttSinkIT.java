package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.mqtt.MqttRefusedException;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.status.StatusBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kamelets that the route {@code mqtt} is made of, against a Mosquitto that forbids one camera's topic. */
class MqttSinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private CamelContext camel;
    private StatusBoard status;

    @AfterEach
    void stop() {
        if (camel != null) {
            camel.stop();
        }
    }

    @Test
    void rejectsAForbiddenEventAmongGoodOnesAndNamesEachByItsId() throws Exception {
        try (Mosquitto broker = broker();
                MosquittoSub subscriber = new MosquittoSub(broker.port(), "-V", "5", "-F", "%t %r %C %P")) {
            start(broker);
            await().atMost(PATIENCE).until(() -> subscriber.on("status").count() == 1);
            Exchange exchange = send("direct:events", List.of(event("front", 1), event("yard", 2), event("front", 3)));
            assertNull(exchange.getException());
            assertEquals(
                    Map.of("yard/2", "the broker refused a message to wayside/pi-01/yard/event: not authorized (135)"),
                    exchange.getVariable("rejected"));
            await().atMost(PATIENCE).until(() -> subscriber
                    .on("wayside/pi-01/front/event")
                    .map(MosquittoSub.Message::payload)
                    .toList()
                    .equals(List.of("application/json id:front/1", "application/json id:front/3")));
            assertEquals(3, subscriber.on("demo/car_count").count());
        }
    }

    @Test
    void aRefusalThatNobodyNotesIsAnError() throws Exception {
        try (Mosquitto broker = broker()) {
            start(broker);
            Exception failure =
                    send("direct:message", Map.of("text", "no event")).getException();
            assertTrue(failure instanceof MqttRefusedException, String.valueOf(failure));
        }
    }

    private Mosquitto broker() throws Exception {
        Path acl = Files.writeString(
                directory.resolve("acl"),
                "topic readwrite wayside/pi-01/front/#\ntopic readwrite demo/#\ntopic readwrite status\n");
        return new Mosquitto(directory, "allow_anonymous true", "acl_file " + acl, "user root").start();
    }

    private void start(Mosquitto broker) throws Exception {
        camel = new DefaultCamelContext();
        status = new StatusBoard("pi-01", "test", Clock.systemUTC());
        camel.getRegistry().bind("status", status);
        camel.getComponent("kamelet", KameletComponent.class).setLocation("file:kamelets");
        String sink = "kamelet:wayside-mqtt-sink?url=" + broker.url() + "&clientId=";
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:events")
                        .to("kamelet:wayside-mqtt-messages-action")
                        .split(body())
                        .stopOnException()
                        .marshal()
                        .json(JsonLibrary.Jackson)
                        .to(sink + "events&statusTopic=status");
                from("direct:message").marshal().json(JsonLibrary.Jackson).to(sink + "message&topic=forbidden");
            }
        });
        camel.start();
        await().atMost(PATIENCE)
                .until(() -> "connected".equals(((Map<?, ?>) status.snapshot().get("mqtt")).get("state")));
    }

    private Exchange send(String endpoint, Object body) {
        return camel.createFluentProducerTemplate().to(endpoint).withBody(body).request(Exchange.class);
    }

    private static Map<String, Object> event(String camera, int number) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", camera + "/" + number);
        event.put("device", "pi-01");
        event.put("camera", camera);
        event.put("time", "2026-11-23T10:15:30.123Z");
        event.put("car_count", number);
        return event;
    }
}
