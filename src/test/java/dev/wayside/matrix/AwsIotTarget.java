package dev.wayside.matrix;

import dev.wayside.servers.AwsIotLookAlike;
import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.MosquittoSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** AWS IoT Core's look-alike, over mutual TLS. */
final class AwsIotTarget implements Target {
    private static final String THING = "matrix";
    private static final String TOPIC = "dt/" + THING + "/events";

    private final AwsIotLookAlike aws;
    private final FaultProxy proxy;
    private List<MosquittoSub.Message> before = List.of();
    private MosquittoSub reader;

    AwsIotTarget(Path directory) throws IOException {
        aws = new AwsIotLookAlike(Files.createDirectories(directory));
        aws.certificates().ec(THING);
        aws.start();
        proxy = new FaultProxy(aws.port());
        reader = aws.reader();
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
                "aws-iot.port=" + proxy.port(),
                "aws-iot.thing=" + THING,
                "aws-iot.topic=" + TOPIC,
                "aws-iot.certificate-file=" + aws.certificates().certificate(THING),
                "aws-iot.key-file=" + aws.certificates().key(THING),
                "aws-iot.ca-file=" + aws.certificates().ca());
    }

    @Override
    public FaultProxy proxy() {
        return proxy;
    }

    @Override
    public List<String> arrived() {
        return Stream.concat(before.stream(), reader.messages().stream())
                .filter(message -> message.topic().equals(TOPIC))
                // The reader puts content type and user properties in front.
                .map(message -> message.payload().replaceFirst("^[^{]*", ""))
                .toList();
    }

    @Override
    public void restart() {
        proxy.refuse();
        aws.broker().kill();
        before = Stream.concat(before.stream(), reader.messages().stream()).toList();
        reader.close();
        aws.start();
        reader = aws.reader();
        proxy.restore();
    }

    @Override
    public void close() {
        reader.close();
        proxy.close();
        aws.close();
    }
}
