package dev.wayside.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many events one replica stores a second: the figures of docs/scale.md. Only {@code mvn verify -Pbench} runs it. */
@Tag("bench")
@ExtendWith(SharedServers.class)
class IngestBenchIT {
    private static final int EVENTS = 2_000 * Integer.getInteger("bench.scale", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private final Elasticsearch elasticsearch;

    IngestBenchIT(Elasticsearch elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /** Events that waited at the broker, so that the replica alone sets the pace. */
    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "true,true"})
    void storesABacklog(boolean toInflux, boolean toElastic) throws Exception {
        if (!elasticsearch
                .request("GET", "/_cat/indices/ingest-*?format=json", null)
                .isEmpty()) {
            elasticsearch.request("DELETE", "/ingest-" + "2026.11", null);
        }
        try (InfluxDb influx = new InfluxDb().start();
                IngestCluster cluster = new IngestCluster(directory, influx, elasticsearch)) {
            String[] stores = {"influxdb.enabled=" + toInflux, "elasticsearch.enabled=" + toElastic};
            WaysideProcess before = cluster.start(0, stores);
            cluster.awaitSubscribed(before, toInflux && toElastic ? 2 : 1);
            before.close();
            Fleet fleet = new Fleet(cluster.broker().port(), 10);
            long publishing = System.nanoTime();
            fleet.publish(EVENTS);
            double published = secondsSince(publishing);

            WaysideProcess replica = cluster.start(0, stores);
            LongSupplier stored = () -> Math.min(
                    toInflux ? cluster.inInfluxDb() : Long.MAX_VALUE,
                    toElastic ? cluster.inElasticsearch() : Long.MAX_VALUE);
            await().atMost(PATIENCE).until(() -> stored.getAsLong() > 0);
            long first = stored.getAsLong();
            long began = System.nanoTime();
            Duration cpu = replica.process().info().totalCpuDuration().orElseThrow();
            await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> stored.getAsLong() == EVENTS);
            double seconds = secondsSince(began);
            Duration used =
                    replica.process().info().totalCpuDuration().orElseThrow().minus(cpu);
            assertEquals(EVENTS, stored.getAsLong());
            System.out.printf(
                    Locale.ROOT,
                    "influxdb=%s elasticsearch=%s events=%d published_per_s=%.0f stored_per_s=%.0f cpu_us_per_event=%.0f rss_mb=%d%n",
                    toInflux,
                    toElastic,
                    EVENTS,
                    EVENTS / published,
                    (EVENTS - first) / seconds,
                    used.toNanos() / 1e3 / (EVENTS - first),
                    residentMegabytes(replica.process()));
        }
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static long residentMegabytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
