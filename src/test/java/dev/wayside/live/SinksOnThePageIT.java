package dev.wayside.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.Journal;
import dev.wayside.servers.Programs;
import dev.wayside.status.StatusBoard;
import dev.wayside.store.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page for a journal with four sinks: one fails, one hangs, one works, and one has had no events yet. */
class SinksOnThePageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final String ERROR =
            "Elasticsearch at http://127.0.0.1:9200 denies access (403): cluster_block_exception: index"
                    + " [wayside-events-2026.11] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage"
                    + " watermark, index has read-only-allow-delete block]; see https://www.elastic.co/docs/troubleshoot/"
                    + "elasticsearch/fix-watermark-errors?version=9.2&from=a-link-that-is-longer-than-a-telephone-is-wide";

    @TempDir
    Path directory;

    private Journal journal;
    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(SHOTS);
        journal = new Journal(directory.resolve("journal.db"), 1L << 30, Duration.ofDays(7));
        journal.start();
        Stream.of("aws-iot", "elasticsearch", "influxdb", "mqtt").forEach(sink -> journal.register(sink, "newest"));
        // The first event has waited for a day and an hour, and the last for no time.
        sql("insert into event (event_id, camera, time, accepted, size, json)"
                + " select 'pi/' || value, 'front', '2026-11-23T10:15:30Z', iif(value = 0, -90000000, 0), 2, '{}'"
                + " from json_each('[" + numbers(1234) + "]')");
        sql("update cursor set last_id = (select max(id) from event) where sink in ('aws-iot', 'mqtt')");
        journal.sinks().failed("elasticsearch", new StoreUnavailableException(ERROR));
        journal.sinks().delivered("mqtt", 1234, 1, "not authorized (135)", Duration.ofMillis(3));
        StatusBoard board = new StatusBoard("pi-01", "0.1.0", Clock.systemUTC());
        board.add("sinks", journal.sinks()::status);
        Stream.of("cameras", "detector", "mqtt")
                .forEach(part -> board.add(part, () -> Statuses.running("front").get(part)));
        server = new LiveServer(Programs.freePort(), LiveLimits.DEFAULT, board::snapshot, "front");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        journal.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, 800, false", "1280, 800, true", "360, 740, false", "360, 740, true", "800, 900, false"})
    void eachSinkStandsWithStateBacklogAgeAndItsErrorInFull(int width, int height, boolean dark) {
        try (BrowserSession browser = BrowserSession.open(server.url() + "/#sinks", width, height, dark)) {
            await().atMost(PATIENCE).until(() -> browser.state().equals("Degraded"));
            assertEquals("idle", part(browser, "aws-iot", ".words span"));
            assertEquals("failing", part(browser, "elasticsearch", ".words span"));
            assertEquals("late", part(browser, "influxdb", ".words span"));
            assertEquals("works", part(browser, "mqtt", ".words span"));
            assertEquals("No backlog · 1,233 delivered", part(browser, "mqtt", ".progress"));
            String waits = part(browser, "elasticsearch", ".progress");
            assertTrue(waits.matches("1,234 events waiting, the oldest for 1 d 1 h · 0 delivered"), waits);
            assertEquals(ERROR, part(browser, "elasticsearch", ".error"));
            assertEquals(
                    "its oldest event has waited 1 d 1 h, longer than influxdb.late-after (30 s); 1234 events wait",
                    part(browser, "influxdb", ".error"));
            assertTrue(browser.text("#reasons").orElseThrow().contains("elasticsearch: " + ERROR));
            assertNothingIsCutOff(browser);
            assertEquals(4, shapes(browser).size(), "each state has a shape of its own");
            browser.page().locator("#sinks").scrollIntoViewIfNeeded();
            browser.save(SHOTS.resolve("sinks-" + width + (dark ? "-dark" : "-light") + ".png"));
        }
    }

    @Test
    void clearsTheReasonsOfASinkThatWorksAgain() throws Exception {
        try (BrowserSession browser = BrowserSession.open(server.url() + "/#sinks", 1280, 800, false)) {
            await().atMost(PATIENCE).until(() -> browser.state().equals("Degraded"));
            sql("update cursor set last_id = (select max(id) from event)");
            journal.sinks().delivered("influxdb", 1234, 0, null, Duration.ofMillis(20));
            journal.sinks().delivered("elasticsearch", 1234, 0, null, Duration.ofMillis(20));
            journal.sinks().works("elasticsearch");
            await().atMost(PATIENCE).until(() -> browser.state().equals("Running"));
            for (String sink : Set.of("influxdb", "elasticsearch")) {
                assertEquals("works", part(browser, sink, ".words span"));
                assertEquals("No backlog · 1,234 delivered", part(browser, sink, ".progress"));
                assertEquals("", part(browser, sink, ".error"));
            }
            assertEquals(List.of(), browser.errors());
        }
    }

    private static String part(BrowserSession browser, String sink, String selector) {
        return browser.text("#sinks li[data-sink='" + sink + "'] " + selector).orElseThrow();
    }

    private static void assertNothingIsCutOff(BrowserSession browser) {
        Object cut = browser.page()
                .evaluate(
                        "[...document.querySelectorAll('html, #sinks li, #sinks p, #reasons li')]"
                                + ".filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.outerHTML).join()");
        assertEquals("", cut);
    }

    /** The shapes of the dots, without their colours. */
    private static Set<String> shapes(BrowserSession browser) {
        return Stream.of("aws-iot", "elasticsearch", "influxdb", "mqtt")
                .map(sink -> String.valueOf(browser.page()
                        .evaluate(
                                "sink => { const dot = getComputedStyle(document.querySelector("
                                        + "`#sinks li[data-sink='${sink}'] .dot`));"
                                        + " return [dot.borderRadius, dot.borderWidth, dot.backgroundImage !== 'none'].join(); }",
                                sink)))
                .collect(Collectors.toSet());
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement one = connection.createStatement()) {
            one.executeUpdate(statement);
        }
    }

    private static String numbers(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).map(String::valueOf).collect(Collectors.joining(","));
    }
}
