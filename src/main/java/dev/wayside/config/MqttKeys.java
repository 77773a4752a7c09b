package dev.wayside.config;

import java.time.Duration;
import java.util.Optional;

/** The MQTT broker. */
public final class MqttKeys {
    static final KeyGroup GROUP = new KeyGroup("MQTT");

    /** Its name in the journal. */
    public static final String SINK = "mqtt";

    public static final Key<Boolean> ENABLED = GROUP.add(
            SinkKeys.enabled(
                    SINK,
                    true,
                    "whether events go to an MQTT broker; `false`: no broker, no connection, and the route `mqtt` is left out"));

    public static final Key<Integer> BATCH_SIZE = GROUP.add(SinkKeys.batchSize(
            SINK, 50, "the most events between two moves of the cursor; after a failure so many may come twice"));

    public static final Key<String> START = GROUP.add(SinkKeys.start(SINK));

    public static final Key<Duration> LATE_AFTER = GROUP.add(SinkKeys.lateAfter(SINK));

    public static final Key<Optional<ServerUrl>> URL = GROUP.key(
            "mqtt.url",
            Type.url(ServerUrl.Kind.BROKER, "mqtt.username and mqtt.password-file instead")
                    .or("embedded"),
            "embedded",
            "the broker, MQTT 5; `embedded` is one inside Wayside, for this machine only. Without a port: 1883 for `tcp`, 8883 for `ssl`, 80 for `ws`, 443 for `wss`");

    public static final Key<String> USERNAME =
            GROUP.key("mqtt.username", Type.line(), "", "user name, if the broker asks for one");

    public static final Key<String> PASSWORD = GROUP.secret("mqtt.password", "password of that user; not in `--set`");

    public static final Key<String> PASSWORD_FILE = GROUP.key(
            "mqtt.password-file",
            Type.orEmpty(Type.file("a file")),
            "",
            "a file that holds the password, instead of `mqtt.password`");

    public static final Key<Optional<String>> CLIENT_ID = GROUP.key(
            "mqtt.client-id",
            Type.text().or("auto"),
            "auto",
            "the client id; `auto` is `wayside-<device>`. Two clients with one id disconnect each other");

    public static final Key<Integer> QOS = GROUP.key(
            "mqtt.qos",
            Type.eventQos(),
            "1",
            "quality of service of the events: 0 may be lost, 1 may come twice; not 2, [which adds nothing](mqtt.md#when-the-broker-is-away). SMARTER's topics always have 0");

    public static final Key<Duration> KEEP_ALIVE = GROUP.key(
            "mqtt.keep-alive",
            Type.duration(Duration.ofSeconds(5), Duration.ofHours(1)),
            "30s",
            "how soon a dead connection is noticed: after about one and a half times as long");

    public static final Key<Optional<Duration>> MESSAGE_EXPIRY = GROUP.key(
            "mqtt.message-expiry",
            Type.duration(Duration.ofSeconds(1), Duration.ofDays(3650)).or("never"),
            "never",
            "after how long the broker drops an event that a subscriber has not fetched");

    public static final Key<Optional<Long>> MAX_MESSAGE_SIZE = GROUP.key(
            "mqtt.max-message-size",
            Type.size(1L << 10, 256L << 20).or("any"),
            "any",
            "the most bytes of an event, for a broker that has a limit and [does not announce it](mqtt.md#what-the-log-says); larger ones go to the dead letters");

    public static final Key<String> TOPIC_PREFIX = GROUP.key(
            "mqtt.topic-prefix",
            Type.topic(),
            "wayside",
            "first part of `<prefix>/<device>/<camera>/event` and `<prefix>/<device>/status`");

    public static final Key<String> SMARTER_PREFIX = GROUP.key(
            "mqtt.smarter-prefix",
            Type.orEmpty(Type.topic()),
            "demo",
            "first part of `<prefix>/car_count`; empty turns these off. `/demo` is what SMARTER's programs really used");

    public static final Key<String> CA_FILE = GROUP.key(
            "mqtt.ca-file",
            Type.orEmpty(Type.file("a file in PEM form")),
            "",
            "CA certificates trusted for the broker's certificate; empty trusts the JDK's");

    public static final Key<String> CERTIFICATE_FILE = GROUP.key(
            "mqtt.certificate-file",
            Type.orEmpty(Type.file("a file in PEM form")),
            "",
            "this client's certificate with its chain, together with `mqtt.key-file`");

    public static final Key<String> KEY_FILE = GROUP.key(
            "mqtt.key-file",
            Type.orEmpty(Type.file("a file in PEM form")),
            "",
            "the private key of that certificate: PKCS#8 or PKCS#1, RSA or EC, not encrypted, not readable by everyone");

    private MqttKeys() {}
}
