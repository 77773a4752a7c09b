package dev.wayside.config;

import java.time.Duration;
import java.util.Optional;

/** AWS IoT Core. */
public final class AwsIotKeys {
    static final KeyGroup GROUP = KeyGroup.ofRoutes("AWS IoT");

    /** The sink's name in the journal. */
    public static final String SINK = "aws-iot";

    public static final Key<Boolean> ENABLED =
            GROUP.add(SinkKeys.enabled(SINK, false, "whether to send events to AWS IoT Core"));

    public static final Key<Integer> BATCH_SIZE = GROUP.add(
            SinkKeys.batchSize(
                    SINK,
                    50,
                    "the maximum number of events between two moves of the cursor; after a failure, up to this many can arrive twice"));

    public static final Key<String> START = GROUP.addAsItIs(SinkKeys.start(SINK));

    public static final Key<Duration> LATE_AFTER = GROUP.add(SinkKeys.lateAfter(SINK));

    public static final Key<String> ENDPOINT = GROUP.key(
            "aws-iot.endpoint",
            Type.orEmpty(Type.hostName()),
            "",
            "the AWS account's endpoint, as `aws iot describe-endpoint --endpoint-type iot:Data-ATS` prints it");

    public static final Key<Integer> PORT = GROUP.key(
            "aws-iot.port", Type.whole(1, 65535), "8883", "8883, or 443 (with ALPN) if a firewall blocks 8883");

    public static final Key<Optional<String>> THING = GROUP.key(
            "aws-iot.thing",
            Type.thing().or("auto"),
            "auto",
            "the thing's name, which is also the client id; `auto` is the value of `device`");

    public static final Key<String> TOPIC = GROUP.key(
            "aws-iot.topic",
            Type.awsTopic(),
            "smarter/test",
            "the topic of all events; the AWS IoT rule subscribes to it");

    public static final Key<String> CERTIFICATE_FILE =
            GROUP.pemFile("aws-iot.certificate-file", "the thing's certificate");

    public static final Key<String> KEY_FILE = GROUP.pemFile(
            "aws-iot.key-file",
            "the private key of that certificate: PKCS#8 or PKCS#1, RSA or EC, unencrypted, not readable by everyone");

    public static final Key<String> CA_FILE = GROUP.pemFile(
            "aws-iot.ca-file",
            "CA certificates trusted for the endpoint's certificate; if empty, the JDK's, which include Amazon's");

    private AwsIotKeys() {}
}
