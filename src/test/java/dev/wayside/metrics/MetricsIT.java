package dev.wayside.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Prometheus;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running Wayside answers at {@code /metrics}. */
class MetricsIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static WaysideProcess wayside;
    private static String scrape;

    @BeforeAll
    static void start() {
        wayside = WaysideProcess.run(directory).awaitStarted();
        // A batch was delivered, so that every meter exists that is created with the first event.
        scrape = await().atMost(Duration.ofSeconds(60))
                .until(MetricsIT::scrape, text -> value(text, "wayside_sink_delivered_events_total") > 0);
    }

    @AfterAll
    static void stop() {
        wayside.close();
    }

    @Test
    void promtoolFindsNoFault() throws IOException {
        Path file = Files.writeString(directory.resolve("metrics.txt"), scrape);
        assertEquals("", Prometheus.promtool(List.of("check", "metrics"), file));
    }

    @Test
    void theTableOfTheDocumentationIsWhatIsServed() throws IOException {
        String page = Files.readString(MetricsTable.PAGE);
        String written = MetricsTable.replaced(page, MetricsTable.of(scrape));
        if (Boolean.getBoolean("wayside.write-docs")) {
            Files.writeString(MetricsTable.PAGE, written);
            page = written;
        }
        assertEquals(
                written,
                page,
                MetricsTable.PAGE + " is stale; run this test with -Dwayside.write-docs=true to write it");
    }

    @Test
    void theFiguresAgreeWithEachOther() throws Exception {
        String text = scrape();
        double received = value(text, "wayside_frames_received_total");
        double grabbed = value(text, "wayside_frames_grabbed_total");
        double skipped = value(text, "wayside_frames_skipped_total");
        // One picture may be waiting, and the next one may have arrived in between.
        assertTrue(Math.abs(received - grabbed - skipped) <= 2, text);
        double analysed = value(text, "wayside_frames_analysed_total");
        assertTrue(analysed > 0 && analysed <= grabbed, text);
        assertTrue(value(text, "wayside_events_accepted_total") <= analysed, text);
        assertEquals(1, value(text, "wayside_camera_up"));
        assertEquals(1, value(text, "wayside_journal_up"));
        assertEquals(1, value(text, "wayside_sink_healthy"));
        assertEquals(0, value(text, "wayside_degraded"));
        double rss = value(text, "process_resident_memory_bytes");
        assertTrue(rss > 50e6 && rss < 1e9, text);
    }

    @Test
    void everyStageIsTimed() {
        TreeSet<String> stages = new TreeSet<>();
        scrape.lines()
                .filter(line -> line.startsWith("wayside_stage_seconds_count"))
                .filter(line -> !line.endsWith(" 0"))
                .forEach(line -> stages.add(line.replaceAll(".*stage=\"(\\w+)\".*", "$1")));
        assertEquals(List.of("detect", "event", "flatten", "grab", "journal"), List.copyOf(stages));
    }

    @Test
    void thePageAndTheMetricsHaveTheSameCounts() throws Exception {
        long before = wayside.status().at("/sinks/0/delivered").asLong();
        double metric = value(scrape(), "wayside_sink_delivered_events_total");
        long after = wayside.status().at("/sinks/0/delivered").asLong();
        assertTrue(before <= metric && metric <= after, before + " " + metric + " " + after);
    }

    private static String scrape() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(wayside.url() + "/metrics")).build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    /** Of the first series with this name; NaN if there is none. */
    private static double value(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(Double.NaN);
    }
}
