package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.mqtt.MqttUnavailableException;
import dev.wayside.servers.AwsIotLookAlike;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.TestCertificates;
import dev.wayside.status.StatusBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kamelet {@code wayside-aws-iot-sink} against a broker set up as AWS IoT Core is. */
class AwsIotSinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String THING = "pi-01";
    private static final String TOPIC = "dt/pi-01/events";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private AwsIotLookAlike aws;
    private CamelContext camel;
    private StatusBoard status;

    @BeforeEach
    void prepareBroker() throws IOException {
        aws = new AwsIotLookAlike(Files.createDirectory(directory.resolve("aws")));
        aws.certificates().rsa(THING);
    }

    @AfterEach
    void stop() {
        if (camel != null) {
            camel.stop();
        }
        aws.close();
    }

    @Test
    void deliversExactlyTheEventsInOrderAndNamesEachByItsId() throws Exception {
        aws.start();
        startSink(TOPIC);
        awaitConnection();
        List<Map<String, Object>> events = events(0, 30);
        try (MosquittoSub reader = aws.reader()) {
            Exchange exchange = send(events);
            assertNull(exchange.getException());
            assertEquals(Map.of(), exchange.getVariable("rejected"));
            await().atMost(PATIENCE).until(() -> delivered(reader).size() >= 30);
            assertEquals(expected(events), delivered(reader));
        }
    }

    @Test
    void takesASingleEventTooAndAnEllipticKey() throws Exception {
        aws.certificates().ec(THING);
        aws.start();
        startSink(TOPIC);
        awaitConnection();
        try (MosquittoSub reader = aws.reader()) {
            Map<String, Object> event = event(1);
            assertNull(send(event).getException());
            await().atMost(PATIENCE).until(() -> delivered(reader).equals(expected(List.of(event))));
        }
    }

    @Test
    void rejectsOneOversizeEventAmongGoodOnes() throws Exception {
        aws.start();
        startSink(TOPIC);
        awaitConnection();
        List<Map<String, Object>> events = events(0, 5);
        events.get(2).put("note", "x".repeat(131_072));
        try (MosquittoSub reader = aws.reader()) {
            Exchange exchange = send(events);
            assertNull(exchange.getException());
            Map<?, ?> rejected = exchange.getVariable("rejected", Map.class);
            assertEquals(1, rejected.size());
            assertTrue(
                    String.valueOf(rejected.get("pi-01/front/2")).contains("no more than 131072 are allowed"),
                    rejected.toString());
            await().atMost(PATIENCE).until(() -> delivered(reader).size() >= 4);
            events.remove(2);
            assertEquals(expected(events), delivered(reader));
            assertNull(reason());
        }
    }

    @Test
    void rejectsEventsForATopicThatThePolicyForbids() throws Exception {
        aws.start();
        startSink("dt/another/events");
        awaitConnection();
        Exchange exchange = send(events(0, 2));
        assertNull(exchange.getException());
        String words = "the broker refused a message to dt/another/events: not authorized (135)";
        assertEquals(
                Map.of("pi-01/front/0", words, "pi-01/front/1", words), exchange.getVariable("rejected", Map.class));
    }

    @Test
    void keepsEventsWhileTheBrokerIsAbsentAtTheStartOrDies() throws Exception {
        startSink(TOPIC);
        assertTransient(send(event(1)), "no connection to ssl://localhost");
        aws.start();
        awaitConnection();
        assertNull(send(event(1)).getException());
        aws.broker().kill();
        assertTransient(send(event(2)), "");
        aws.start();
        awaitConnection();
        try (MosquittoSub reader = aws.reader()) {
            assertNull(send(event(2)).getException());
            await().atMost(PATIENCE).until(() -> delivered(reader).equals(expected(List.of(event(2)))));
        }
    }

    @Test
    void givesUpAConnectionThatDoesNotAnswerAndMakesItAnew() throws Exception {
        aws.start();
        startSink(TOPIC);
        awaitConnection();
        aws.broker().pause();
        long begin = System.nanoTime();
        assertTransient(send(event(1)), "no acknowledgement of a message within 10.0 s");
        Duration blocked = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(blocked.compareTo(Duration.ofSeconds(12)) < 0, blocked::toString);
        aws.broker().resume();
        awaitConnection();
        assertNull(send(event(1)).getException());
    }

    @Test
    void sendsNoMoreThanAHundredMessagesASecond() throws Exception {
        aws.start();
        startSink(TOPIC);
        awaitConnection();
        long begin = System.nanoTime();
        assertNull(send(events(0, 151)).getException());
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(taken.compareTo(Duration.ofMillis(1490)) >= 0, taken::toString);
    }

    @Test
    void saysThatTheEndpointsCertificateIsSignedByAStranger() throws Exception {
        aws.start();
        TestCertificates stranger = new TestCertificates(Files.createDirectory(directory.resolve("stranger")));
        startSink(TOPIC, certificates().certificate(THING), certificates().key(THING), stranger.ca());
        await().atMost(PATIENCE).until(() -> String.valueOf(reason()).contains("TLS failed: PKIX path"));
    }

    @Test
    void saysThatTheThingsCertificateIsSignedByAStranger() throws Exception {
        aws.start();
        TestCertificates stranger =
                new TestCertificates(Files.createDirectory(directory.resolve("stranger"))).rsa(THING);
        startSink(
                TOPIC,
                stranger.certificate(THING),
                stranger.key(THING),
                certificates().ca());
        await().atMost(PATIENCE)
                .until(() -> String.valueOf(reason()).contains("the broker does not trust the authority"));
    }

    private TestCertificates certificates() {
        return aws.certificates();
    }

    private void startSink(String topic) throws Exception {
        startSink(
                topic,
                certificates().certificate(THING),
                certificates().key(THING),
                certificates().ca());
    }

    private void startSink(String topic, String certificate, String key, String ca) throws Exception {
        camel = new DefaultCamelContext();
        status = new StatusBoard(THING, "test", Clock.systemUTC());
        camel.getRegistry().bind("status", status);
        camel.getComponent("kamelet", KameletComponent.class).setLocation("file:kamelets");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:events")
                        .to("kamelet:wayside-aws-iot-sink?endpoint=localhost&port=" + aws.port() + "&thing=" + THING
                                + "&topic=" + topic + "&certificateFile=" + certificate + "&keyFile=" + key
                                + "&caFile=" + ca);
            }
        });
        camel.start();
    }

    private Exchange send(Object body) {
        return camel.createFluentProducerTemplate()
                .to("direct:events")
                .withBody(body)
                .request(Exchange.class);
    }

    private static void assertTransient(Exchange exchange, String part) {
        Exception failure = exchange.getException();
        while (!(failure instanceof MqttUnavailableException) && failure.getCause() instanceof Exception cause) {
            failure = cause;
        }
        assertInstanceOf(MqttUnavailableException.class, failure);
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }

    private void awaitConnection() {
        await().atMost(PATIENCE).until(() -> "connected".equals(part().get("state")));
    }

    private Object reason() {
        return part().get("reason");
    }

    private Map<?, ?> part() {
        return (Map<?, ?>) status.snapshot().get("aws-iot");
    }

    private static List<String> delivered(MosquittoSub reader) {
        return reader.on(TOPIC).map(MosquittoSub.Message::payload).toList();
    }

    private static List<String> expected(List<Map<String, Object>> events) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> event : events) {
            lines.add("application/json id:" + event.get("id") + " " + JSON.writeValueAsString(event));
        }
        return lines;
    }

    private static List<Map<String, Object>> events(int from, int to) {
        return new ArrayList<>(
                IntStream.range(from, to).mapToObj(AwsIotSinkIT::event).toList());
    }

    private static Map<String, Object> event(int number) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", "pi-01/front/" + number);
        event.put("device", THING);
        event.put("camera", "front");
        event.put("time", "2026-11-23T10:15:30.123Z");
        event.put("car_count", number);
        event.put("objects_0_label", "Lkw \u2013 gro\u00df");
        return event;
    }
}
