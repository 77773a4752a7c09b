package dev.wayside.ingest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A broker, two stores, and the replicas between them, which run the routes of {@code camel-k/overlays/ingest}. */
final class IngestCluster implements AutoCloseable {
    private static final Path ROUTES = Path.of("camel-k/overlays/ingest/routes");
    private static final Path BROKER = Path.of("camel-k/overlays/ingest/mosquitto.conf");
    private static final String NAME = "ingest";

    private final InfluxDb influx;
    private final Elasticsearch elasticsearch;
    private final Path directory;
    private final Path routes;
    private final Path password;
    private final Mosquitto broker;
    private final List<WaysideProcess> replicas = new ArrayList<>();

    IngestCluster(Path directory, InfluxDb influx, Elasticsearch elasticsearch) throws IOException {
        this.directory = directory;
        this.influx = influx;
        this.elasticsearch = elasticsearch;
        routes = Files.createDirectory(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(ROUTES)) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of("routes/failures.yaml"), routes.resolve("failures.yaml"));
        password = Files.writeString(directory.resolve("password"), InfluxDb.PASSWORD);
        Path state = Files.createDirectory(directory.resolve("broker"));
        List<String> configuration = new ArrayList<>(List.of(
                "allow_anonymous true",
                "persistence_location " + state + "/",
                "user " + System.getProperty("user.name")));
        // Without its files and users, which are elsewhere here.
        Files.readAllLines(BROKER).stream()
                .filter(line -> line.matches("(persist\\w+|autosave_interval|max_\\w+) [a-z0-9]+"))
                .forEach(configuration::add);
        broker = new Mosquitto(state, configuration.toArray(String[]::new)).start();
    }

    Mosquitto broker() {
        return broker;
    }

    /** Starts a replica; {@link #awaitSubscribed} waits for it. */
    WaysideProcess start(int number, String... more) throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "cameras=none",
                "routes.path=" + routes,
                "mqtt.enabled=false",
                "mqtt.url=" + broker.url(),
                "mqtt.client-id=wayside-ingest-" + number,
                "ingest.leave-within=30s",
                "influxdb.enabled=true",
                "influxdb.url=http://127.0.0.1:" + influx.port(),
                "influxdb.database=" + NAME,
                "influxdb.username=" + InfluxDb.USER,
                "influxdb.password-file=" + password,
                "elasticsearch.enabled=true",
                "elasticsearch.url=http://127.0.0.1:" + elasticsearch.port(),
                "elasticsearch.index=" + NAME));
        settings.addAll(List.of(more));
        Path own = Files.createDirectories(directory.resolve("replica-" + number));
        WaysideProcess replica = WaysideProcess.run(own, settings.toArray(String[]::new));
        replicas.add(replica);
        return replica;
    }

    /** Waits until the broker deals events to a replica, for so many stores. */
    void awaitSubscribed(WaysideProcess replica, int stores) {
        replica.awaitStarted();
        await().alias("subscribed")
                .atMost(Duration.ofSeconds(60))
                .until(() -> subscriptions(replica.status()) == stores);
    }

    private static long subscriptions(JsonNode status) {
        return status.findValuesAsText("state").stream()
                .filter("subscribed"::equals)
                .count();
    }

    long inInfluxDb() {
        return influx.query(NAME, "SELECT COUNT(car_count) FROM detections")
                .at("/0/values/0/1")
                .asLong();
    }

    long inElasticsearch() {
        if (elasticsearch
                .request("GET", "/_cat/indices/" + NAME + "-*?format=json", null)
                .isEmpty()) {
            return 0;
        }
        elasticsearch.request("POST", "/" + NAME + "-*/_refresh", null);
        return elasticsearch
                .request("GET", "/" + NAME + "-*/_count", null)
                .get("count")
                .asLong();
    }

    @Override
    public void close() {
        replicas.forEach(WaysideProcess::close);
        broker.close();
    }
}
