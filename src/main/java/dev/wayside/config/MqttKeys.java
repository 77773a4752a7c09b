package dev.wayside.config;

import java.time.Duration;
import java.util.Optional;

/** The MQTT broker. */
public final class MqttKeys {
    static final KeyGroup GROUP = KeyGroup.ofRoutes("MQTT");

    /** The sink's name in the journal. */
    public static final String SINK = "mqtt";

    public static final Key<Boolean> ENABLED = GROUP.addAsItIs(
            SinkKeys.enabled(
                    SINK,
                    true,
                    "whether to send events to an MQTT broker; with `false` there is no embedded broker, no connection and no route `mqtt`"));

    public static final Key<Integer> BATCH_SIZE = GROUP.add(
            SinkKeys.batchSize(
                    SINK,
                    50,
                    "the maximum number of events between two moves of the cursor; after a failure, up to this many can arrive twice"));

    public static final Key<String> START = GROUP.addAsItIs(SinkKeys.start(SINK));

    public static final Key<Duration> LATE_AFTER = GROUP.add(SinkKeys.lateAfter(SINK));

    public static final Key<Optional<ServerUrl>> URL = GROUP.addAsItIs(
            Key.of(
                    "mqtt.url",
                    Type.url(ServerUrl.Kind.BROKER, "mqtt.username and mqtt.password-file instead")
                            .or("embedded"),
                    "embedded",
                    "the URL of the MQTT 5 broker; `embedded` starts a broker inside Wayside that accepts connections from this machine only. Default ports: 1883 for `tcp`, 8883 for `ssl`, 80 for `ws`, 443 for `wss`"));

    public static final Key<String> USERNAME =
            GROUP.key("mqtt.username", Type.line(), "", "user name, if the broker requires one");

    public static final Key<String> PASSWORD =
            GROUP.secret("mqtt.password", "password of that user; refused in `--set`");

    public static final Key<String> PASSWORD_FILE =
            GROUP.secretFile("mqtt.password-file", "a file that contains the password, instead of `mqtt.password`");

    public static final Key<Optional<String>> CLIENT_ID = GROUP.key(
            "mqtt.client-id",
            Type.text().or("auto"),
            "auto",
            "the client id; `auto` is `wayside-<device>`. Two clients with the same id disconnect each other");

    public static final Key<Integer> QOS = GROUP.key(
            "mqtt.qos",
            Type.eventQos(),
            "1",
            "quality of service of the events: with 0 they can be lost, with 1 they can arrive twice; 2 is refused, because it [adds nothing](mqtt.md#when-the-broker-is-away). SMARTER's topics always have 0");

    public static final Key<Duration> KEEP_ALIVE = GROUP.key(
            "mqtt.keep-alive",
            Type.duration(Duration.ofSeconds(5), Duration.ofHours(1)),
            "30s",
            "the MQTT keep-alive interval; a dead connection is detected after about 1.5 times this long");

    public static final Key<Optional<Duration>> MESSAGE_EXPIRY = GROUP.key(
            "mqtt.message-expiry",
            Type.duration(Duration.ofSeconds(1), Duration.ofDays(3650)).or("never"),
            "never",
            "how long the broker keeps an event that it could not deliver to a subscriber");

    public static final Key<Optional<Long>> MAX_MESSAGE_SIZE = GROUP.key(
            "mqtt.max-message-size",
            Type.size(1L << 10, 256L << 20).or("any"),
            "any",
            "the maximum size of an event, for a broker that has a limit and [does not announce it](mqtt.md#what-the-log-says); larger events go to the dead letters");

    public static final Key<Boolean> REQUIRE_SUBSCRIBER = GROUP.key(
            "mqtt.require-subscriber",
            Type.bool(),
            "false",
            "whether an event that the broker takes but has no subscriber for waits in the journal and is retried, instead of being dropped by the broker; for a broker that only passes events on, see [scale.md](scale.md)");

    public static final Key<String> TOPIC_PREFIX = GROUP.key(
            "mqtt.topic-prefix",
            Type.topic(),
            "wayside",
            "the prefix in `<prefix>/<device>/<camera>/event` and `<prefix>/<device>/status`");

    public static final Key<String> SMARTER_PREFIX = GROUP.key(
            "mqtt.smarter-prefix",
            Type.orEmpty(Type.topic()),
            "demo",
            "the prefix in `<prefix>/car_count`; empty turns these topics off. SMARTER's programs actually used `/demo`");

    public static final Key<String> CA_FILE =
            GROUP.pemFile("mqtt.ca-file", "CA certificates trusted for the broker's certificate; if empty, the JDK's");

    public static final Key<String> CERTIFICATE_FILE = GROUP.pemFile(
            "mqtt.certificate-file", "this client's certificate with its chain; requires `mqtt.key-file`");

    public static final Key<String> KEY_FILE = GROUP.pemFile(
            "mqtt.key-file",
            "the private key of that certificate: PKCS#8 or PKCS#1, RSA or EC, unencrypted, not readable by everyone");

    private MqttKeys() {}
}
