package dev.wayside.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.AwsIotLookAlike;
import dev.wayside.servers.MosquittoPub;
import dev.wayside.servers.MosquittoSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * AWS IoT Core's look-alike over mutual TLS, and behind it a table as DynamoDB has it: one item for each
 * {@code (device, id)}, and the last put wins.
 */
final class AwsIotTarget extends BrokerTarget {
    private static final String THING = "matrix";
    private static final String TOPIC = "dt/" + THING + "/events";

    private final AwsIotLookAlike aws;

    AwsIotTarget(Path directory) throws IOException {
        this(started(Files.createDirectories(directory)));
    }

    private AwsIotTarget(AwsIotLookAlike aws) {
        super(aws.port());
        this.aws = aws;
    }

    private static AwsIotLookAlike started(Path directory) {
        AwsIotLookAlike aws = new AwsIotLookAlike(directory);
        aws.certificates().ec(THING);
        return aws.start();
    }

    @Override
    public String sink() {
        return "aws-iot";
    }

    @Override
    public List<String> settings() {
        return List.of(
                "aws-iot.enabled=true",
                "aws-iot.start=oldest",
                "aws-iot.endpoint=localhost",
                "aws-iot.port=" + proxy().port(),
                "aws-iot.thing=" + THING,
                "aws-iot.topic=" + TOPIC,
                "aws-iot.certificate-file=" + aws.certificates().certificate(THING),
                "aws-iot.key-file=" + aws.certificates().key(THING),
                "aws-iot.ca-file=" + aws.certificates().ca());
    }

    @Override
    MosquittoSub subscribe() {
        return aws.reader();
    }

    @Override
    String event(MosquittoSub.Message message, String device) {
        // The reader puts content type and user properties in front.
        String json = message.payload().replaceFirst("^[^{]*", "");
        return message.topic().equals(TOPIC) && json.contains("\"device\":\"" + device + "\"") ? json : null;
    }

    @Override
    public boolean hasTable() {
        return true;
    }

    /** A repeated message puts the same item again; anything else would be an item too many, or one too few. */
    @Override
    public int duplicates() {
        Map<String, JsonNode> items = new HashMap<>();
        Map<String, String> keyOfId = new HashMap<>();
        int wrong = 0;
        for (Trace put : arrived()) {
            JsonNode earlier = items.put(put.key(), put.content());
            String otherKey = keyOfId.put(put.content().get("id").asText(), put.key());
            boolean overwritesAnother = earlier != null && !earlier.equals(put.content());
            boolean standsTwice = otherKey != null && !Objects.equals(otherKey, put.key());
            wrong += overwritesAnother || standsTwice ? 1 : 0;
        }
        return wrong;
    }

    @Override
    void say(String words) {
        MosquittoPub.publish(
                words,
                "-h",
                "localhost",
                "-p",
                String.valueOf(aws.port()),
                "-t",
                "dt/" + THING + "/last",
                "--cafile",
                aws.certificates().ca(),
                "--cert",
                aws.certificates().certificate(THING),
                "--key",
                aws.certificates().key(THING));
    }

    @Override
    void restartBroker() {
        aws.broker().kill();
        aws.start();
    }

    @Override
    public void close() {
        super.close();
        aws.close();
    }
}
