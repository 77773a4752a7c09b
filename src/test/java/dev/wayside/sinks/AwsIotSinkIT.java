package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.AwsIotLookAlike;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsIotSinkIT extends BrokerContract {
    private static final String THING = "pi-01";

    private final AwsIotLookAlike aws;

    AwsIotSinkIT(AwsIotLookAlike aws) {
        super(aws);
        this.aws = aws;
    }

    @BeforeEach
    void registerThing() {
        if (!Files.exists(Path.of(aws.certificates().key(THING)))) {
            aws.certificates().ec(THING);
        }
    }

    @Override
    SinkRoute connect(int port) throws Exception {
        return connectOverTls(port, ca());
    }

    @Override
    SinkRoute connectOverTls(int port, String ca) throws Exception {
        return thing(port, topic(), aws.certificates(), ca);
    }

    /** A certificate by somebody else. */
    @Override
    SinkRoute connectAsStranger(int port, String ca) throws Exception {
        TestCertificates stranger =
                new TestCertificates(Files.createDirectory(directory.resolve("stranger"))).rsa(THING);
        return thing(port, topic(), stranger, ca);
    }

    private static SinkRoute thing(int port, String topic, TestCertificates certificates, String ca) throws Exception {
        return SinkRoute.ofKamelet(
                "wayside-aws-iot-sink",
                Map.of(
                        "endpoint",
                        "localhost",
                        "port",
                        String.valueOf(port),
                        "thing",
                        THING,
                        "topic",
                        topic,
                        "certificateFile",
                        certificates.certificate(THING),
                        "keyFile",
                        certificates.key(THING),
                        "caFile",
                        ca));
    }

    @Override
    String strangers() {
        return "the broker does not trust the CA that signed the certificate of this client";
    }

    @Override
    int tlsPort() {
        return aws.port();
    }

    @Override
    String ca() {
        return aws.certificates().ca();
    }

    @Override
    String statusName() {
        return "aws-iot";
    }

    @Override
    MosquittoSub newReader() {
        return aws.reader();
    }

    @Override
    String topic() {
        return "dt/" + THING + "/" + device;
    }

    /**
     * None: a policy that forbids one event forbids all, since all go to one topic; so these, to another one, wait. Of a
     * single event a broker may only say that its payload's form is wrong (153), which this one never does; that is
     * tested without it, in {@code MqttRefusalsIT}. What is too large is refused before it is sent.
     */
    @Test
    @Override
    void rejectsWhatTheServerRefusesInItsOwnWords() throws Exception {
        List<Map<String, Object>> events = events(2);
        sink = thing(aws.port(), "dt/another/" + device, aws.certificates(), ca());
        await().atMost(PATIENCE).until(() -> isReady(sink));
        assertFails(
                events,
                "the broker refused a message to dt/another/" + device + ": not authorized (135). AWS IoT does so when"
                        + " the policy");
        assertTrue(isReady(sink));
    }

    @Test
    void sendsNoMoreThanAHundredMessagesASecond() throws Exception {
        open();
        List<Map<String, Object>> events = events(251);
        long begin = System.nanoTime();
        deliver(events);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        // A hundred at once, and the next hundred a second later.
        assertTrue(taken.compareTo(Duration.ofMillis(1990)) >= 0, taken::toString);
    }
}
