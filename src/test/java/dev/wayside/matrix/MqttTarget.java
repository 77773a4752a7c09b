package dev.wayside.matrix;

import static org.awaitility.Awaitility.await;

import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoPub;
import dev.wayside.servers.MosquittoSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A plain Mosquitto. */
final class MqttTarget extends BrokerTarget {
    private static final String VERSION = "$SYS/broker/version";

    private final Mosquitto broker;

    MqttTarget(Path directory) throws IOException {
        this(new Mosquitto(Files.createDirectories(directory), "allow_anonymous true", "max_queued_messages 0")
                .start());
    }

    private MqttTarget(Mosquitto broker) {
        super(broker.port());
        this.broker = broker;
    }

    @Override
    public String sink() {
        return "mqtt";
    }

    @Override
    public List<String> settings() {
        return List.of("mqtt.url=tcp://127.0.0.1:" + proxy().port(), "mqtt.start=oldest", "mqtt.smarter-prefix=");
    }

    @Override
    MosquittoSub subscribe() {
        MosquittoSub subscriber = new MosquittoSub(broker.port(), "-t", VERSION);
        // The broker keeps this one for every subscriber; it comes when the subscription counts.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> subscriber.on(VERSION).findAny().isPresent());
        return subscriber;
    }

    @Override
    String event(MosquittoSub.Message message, String device) {
        return message.topic().matches("wayside/" + device + "/[^/]+/event") ? message.payload() : null;
    }

    @Override
    public boolean hasTable() {
        return false;
    }

    @Override
    public int duplicates() {
        return 0;
    }

    @Override
    void say(String words) {
        MosquittoPub.publish(words, "-h", "127.0.0.1", "-p", String.valueOf(broker.port()), "-t", "matrix/last");
    }

    @Override
    void restartBroker() {
        broker.kill();
        broker.start();
    }

    @Override
    public void close() {
        super.close();
        broker.close();
    }
}
