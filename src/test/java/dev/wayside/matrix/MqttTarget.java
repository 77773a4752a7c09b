package dev.wayside.matrix;

import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A plain Mosquitto; what its subscriber saw before a restart of the broker counts, too. */
final class MqttTarget implements Target {
    private static final String TOPIC = "wayside/matrix/front/event";

    private final Mosquitto broker;
    private final FaultProxy proxy;
    private List<MosquittoSub.Message> before = List.of();
    private MosquittoSub subscriber;

    MqttTarget(Path directory) throws IOException {
        broker = new Mosquitto(Files.createDirectories(directory), "allow_anonymous true").start();
        proxy = new FaultProxy(broker.port());
        subscriber = new MosquittoSub(broker.port());
    }

    @Override
    public String sink() {
        return "mqtt";
    }

    @Override
    public List<String> settings() {
        return List.of("mqtt.url=tcp://127.0.0.1:" + proxy.port(), "mqtt.start=oldest", "mqtt.smarter-prefix=");
    }

    @Override
    public FaultProxy proxy() {
        return proxy;
    }

    @Override
    public List<String> arrived() {
        return Stream.concat(before.stream(), subscriber.messages().stream())
                .filter(message -> message.topic().equals(TOPIC))
                .map(MosquittoSub.Message::payload)
                .toList();
    }

    @Override
    public void restart() {
        proxy.refuse();
        broker.kill();
        before = Stream.concat(before.stream(), subscriber.messages().stream()).toList();
        subscriber.close();
        broker.start();
        subscriber = new MosquittoSub(broker.port());
        proxy.restore();
    }

    @Override
    public void close() {
        subscriber.close();
        proxy.close();
        broker.close();
    }
}
