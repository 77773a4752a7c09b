package dev.wayside.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePageBrowserIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SHOTS = Path.of("target", "screenshots");

    private final AtomicReference<Map<String, Object>> status = new AtomicReference<>(Statuses.running("front"));
    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(SHOTS);
        server = new LiveServer(Programs.freePort(), LiveLimits.DEFAULT, status::get, "front");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, 800, false", "1280, 800, true", "360, 740, false", "360, 740, true"})
    void showsBoxesAndCounts(int width, int height, boolean dark) {
        try (BrowserSession browser = BrowserSession.open(server.url(), width, height, dark)) {
            awaitBoxes(browser);
            await().atMost(PATIENCE).until(() -> browser.count("car").equals(Optional.of(1)));
            assertEquals(Optional.of(1), browser.count("person"));
            await().atMost(PATIENCE).until(() -> browser.state().equals("Running"));
            assertEquals("car 1, person 1 – Wayside", browser.page().title());
            await().atMost(PATIENCE).until(() -> browser.text("#analysed").equals(Optional.of("5.0 frames/s")));
            assertEquals(Optional.of("15.2 ms"), browser.text("#inference"));
            Object overflow = browser.page().evaluate("document.documentElement.scrollWidth - innerWidth");
            assertTrue((int) overflow <= 0, "the page is " + overflow + " px too wide");
            browser.save(SHOTS.resolve("live-" + width + (dark ? "-dark" : "-light") + ".png"));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void showsWhatIsWrong() {
        status.set(Statuses.brokerDown("front"));
        try (BrowserSession browser = BrowserSession.open(server.url(), 1280, 800, false)) {
            awaitBoxes(browser);
            await().atMost(PATIENCE).until(() -> browser.state().equals("Degraded"));
            assertTrue(browser.text("#reasons").orElseThrow().contains("Connection refused by tcp://127.0.0.1:1883"));
            browser.save(SHOTS.resolve("degraded-1280-light.png"));
            browser.page().setViewportSize(360, 740);
            browser.save(SHOTS.resolve("degraded-360-light.png"));
            status.set(Statuses.running("front"));
            await().atMost(PATIENCE).until(() -> browser.state().equals("Running"));
            assertFalse(browser.page().locator("#trouble").isVisible());
        }
    }

    @Test
    void showsThatWaysideIsGoneAndReconnects() throws Exception {
        try (BrowserSession browser = BrowserSession.open(server.url(), 1280, 800, true)) {
            awaitBoxes(browser);
            server.close();
            await().atMost(PATIENCE).until(() -> browser.state().equals("No connection to Wayside"));
            assertEquals("No connection – Wayside", browser.page().title());
            assertTrue(browser.text("#cover").orElseThrow().startsWith("No connection to Wayside"));
            assertTrue(browser.text("#stale").orElseThrow().matches("No connection to Wayside since .*from then.*"));
            assertEquals(List.of(), browser.accessibilityViolations());
            browser.save(SHOTS.resolve("lost-1280-dark.png"));
            server = new LiveServer(server.port, LiveLimits.DEFAULT, status::get, "front");
            await().atMost(PATIENCE).until(() -> browser.state().equals("Running"));
            assertFalse(browser.page().locator("#stale").isVisible());
            awaitBoxes(browser);
            await().atMost(PATIENCE)
                    .until(() -> !browser.page().locator("#cover").isVisible());
            await().atMost(PATIENCE).until(() -> server.live.viewers("front") == 1);
        }
    }

    @Test
    void pausesThePictureAndStopsWatching() {
        try (BrowserSession browser = BrowserSession.open(server.url(), 1280, 800, false)) {
            awaitBoxes(browser);
            browser.page().locator("#pause").press("Enter");
            await().atMost(PATIENCE).until(() -> !server.live.watched("front"));
            awaitBoxes(browser);
            assertEquals("true", browser.page().locator("#pause").getAttribute("aria-pressed"));
            browser.page().locator("#pause").press("Enter");
            await().atMost(PATIENCE).until(() -> server.live.watched("front"));
        }
    }

    @Test
    void offersAChoiceOfCameras() throws Exception {
        server.close();
        status.set(Statuses.running("front", "yard & gate"));
        server = new LiveServer(Programs.freePort(), LiveLimits.DEFAULT, status::get, "front", "yard & gate");
        try (BrowserSession browser = BrowserSession.open(server.url(), 360, 740, true)) {
            awaitBoxes(browser);
            assertEquals(1, server.live.viewers("front"));
            browser.page().locator("#cameras input[value='front']").press("ArrowRight");
            await().atMost(PATIENCE).until(() -> server.live.viewers("yard & gate") == 1);
            await().atMost(PATIENCE).until(() -> server.live.viewers("front") == 0);
            awaitBoxes(browser);
            browser.save(SHOTS.resolve("cameras-360-dark.png"));
        }
    }

    private static void awaitBoxes(BrowserSession browser) {
        for (DrawnBox.Colour colour : DrawnBox.Colour.values()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> DrawnBox.find(browser.picture(), colour).isPresent());
        }
    }
}
