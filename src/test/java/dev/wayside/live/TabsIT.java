package dev.wayside.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All tabs of the page in a browser: what they show and do, whether everybody can read them, how they look. */
class TabsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path SHOTS = Path.of("target", "screenshots");
    /** What is there when the tab has its data. */
    private static final Map<String, String> FILLED = Map.of(
            "live", "#picture:not(.stale) #stream",
            "counts", "#chart canvas",
            "events", "#events tr:nth-child(20)",
            "sinks", "#sinks li[data-sink=mqtt].works",
            "system", "#system .scroll td");

    @TempDir
    static Path folder;

    private static WholePage page;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(SHOTS);
        page = new WholePage(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        page.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, 860, wide, false", "1280, 860, wide, true", "360, 740, phone, false", "360, 740, phone, true"})
    void everybodyCanReadEachTab(int width, int height, String size, boolean dark) {
        try (BrowserSession browser = BrowserSession.open(page.url(), width, height, dark)) {
            for (String tab : List.of("live", "counts", "events", "sinks", "system")) {
                browser.page().locator("#tab-" + tab).click();
                awaitVisible(browser, FILLED.get(tab));
                if (tab.equals("sinks")) {
                    awaitVisible(browser, "#sinks li[data-sink=influxdb] summary");
                    browser.page()
                            .locator("#sinks li[data-sink=influxdb] summary")
                            .click();
                    awaitVisible(browser, "#sinks li[data-sink=influxdb] .letters li");
                }
                assertEquals(List.of(), browser.accessibilityViolations(), tab);
                Object overflow = browser.page().evaluate("document.documentElement.scrollWidth - innerWidth");
                assertTrue((int) overflow <= 0, tab + " is " + overflow + " px too wide");
                assertEquals(0, browser.page().evaluate("document.getAnimations().length"), "nothing moves by itself");
                browser.save(SHOTS.resolve("tab-" + tab + "-" + size + (dark ? "-dark" : "-light") + ".png"));
            }
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void keysChooseATabAndTheBackButtonReturns() {
        try (BrowserSession browser = BrowserSession.open(page.url() + "/#system", 1280, 800, false)) {
            awaitVisible(browser, FILLED.get("system"));
            browser.page().locator("#tab-system").press("ArrowRight");
            assertChosen(browser, "live");
            browser.page().keyboard().press("ArrowRight");
            assertChosen(browser, "counts");
            browser.page().keyboard().press("End");
            assertChosen(browser, "system");
            browser.page().keyboard().press("Home");
            browser.page().keyboard().press("ArrowLeft");
            assertChosen(browser, "system");
            assertEquals("System – Wayside", browser.page().title());
            browser.page().goBack();
            assertChosen(browser, "live");
            browser.page().goBack();
            browser.page().goBack();
            assertChosen(browser, "counts");
            assertTrue(browser.page().url().endsWith("/#counts"));
        }
    }

    @Test
    void watchesThePictureOnlyOnItsTabAndDrawsWhatTheUserChooses() {
        try (BrowserSession browser = BrowserSession.open(page.url(), 1280, 800, false)) {
            await().atMost(PATIENCE).until(() -> hasBoxes(browser));
            browser.page().locator("#show-boxes").uncheck();
            await().atMost(PATIENCE).until(() -> !hasBoxes(browser));
            assertTrue(browser.page().locator("#show-scores").isDisabled());
            browser.page().locator("#show-boxes").check();
            await().atMost(PATIENCE).until(() -> hasBoxes(browser));
            await().atMost(PATIENCE)
                    .until(() -> browser.text("#latency").orElse("").matches("\\d+ ms"));
            browser.page().locator("#tab-events").click();
            await().atMost(PATIENCE).until(() -> browser.page()
                    .locator("#stream")
                    .getAttribute("src")
                    .startsWith("data:"));
        }
    }

    @Test
    void zoomsIntoTheCountsAndSavesThemAsCsv() throws Exception {
        try (BrowserSession browser = BrowserSession.open(page.url() + "/#counts", 1280, 800, false)) {
            browser.page().locator("#counts-range [value=week]").check();
            await().atMost(PATIENCE).until(() -> title(browser).equals("Average number in view, per hour"));
            assertTrue(browser.text("#counts-totals [data-label=car] .number")
                    .orElseThrow()
                    .matches("\\d\\.\\d\\d"));
            browser.page().locator("#counts-range [value=day]").check();
            await().atMost(PATIENCE).until(() -> title(browser).endsWith("10 minutes"));
            browser.save(SHOTS.resolve("counts-day-1280-light.png"));
            browser.page().locator("#counts-figure [value=maximum]").check();
            await().atMost(PATIENCE).until(() -> title(browser).startsWith("Largest"));
            BoundingBox chart = browser.page().locator("#chart .u-over").boundingBox();
            browser.page().mouse().move(chart.x + chart.width * 0.8, chart.y + 50);
            browser.page().mouse().down();
            browser.page().mouse().move(chart.x + chart.width * 0.9, chart.y + 60);
            browser.page().mouse().up();
            await().atMost(PATIENCE).until(() -> title(browser).endsWith("per minute"));
            Download download = browser.page()
                    .waitForDownload(() -> browser.page().locator("#counts-csv").click());
            List<String> lines = Files.readAllLines(download.path());
            assertEquals("time,seconds,camera,label,frames,average,maximum", lines.get(0));
            assertTrue(
                    lines.get(1).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:00Z,60,front,car,300,\\d+\\.\\d+,\\d+"));
            browser.page().locator("#chart-out").press("Enter");
            await().atMost(PATIENCE).until(() -> title(browser).endsWith("2 minutes"));
            browser.page().locator("#chart-reset").click();
            await().atMost(PATIENCE).until(() -> title(browser).endsWith("10 minutes"));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void showsWhatBecameOfAnEvent() {
        try (BrowserSession browser = BrowserSession.open(page.url() + "/#events", 1280, 800, true)) {
            awaitVisible(browser, FILLED.get("events"));
            browser.page().locator("#events-camera").selectOption("yard");
            await().atMost(PATIENCE).until(() -> browser.page().locator("#events .who").allInnerTexts().stream()
                    .allMatch("yard"::equals));
            browser.page().locator("#events-label").selectOption("car");
            await().atMost(PATIENCE).until(() -> browser.page().locator("#events .what").allInnerTexts().stream()
                    .noneMatch(counts -> counts.contains("car 0")));
            browser.page().locator("#events button[data-number='40']").press("Enter");
            awaitVisible(browser, "#event-dialog");
            String json = browser.text("#event-json").orElseThrow();
            assertTrue(json.contains("\"sequence\": 40"), json);
            String deliveries = browser.text("#event-deliveries").orElseThrow();
            assertTrue(deliveries.contains("elasticsearch: retrying"), deliveries);
            assertTrue(deliveries.contains(WholePage.FAILURE), deliveries);
            assertTrue(deliveries.contains("mqtt: delivered"), deliveries);
            assertEquals(List.of(), browser.accessibilityViolations());
            browser.save(SHOTS.resolve("event-1280-dark.png"));
            browser.page().keyboard().press("Escape");
            assertFalse(browser.page().locator("#event-dialog").isVisible());
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void pausesASinkAndHandlesItsDeadLetters(@TempDir Path another) throws Exception {
        try (WholePage own = new WholePage(another);
                BrowserSession browser = BrowserSession.open(own.url() + "/#sinks", 1280, 800, false)) {
            String mqtt = "#sinks li[data-sink=mqtt]";
            awaitVisible(browser, mqtt + ".works");
            browser.page().getByRole(AriaRole.BUTTON, named("Pause mqtt")).click();
            awaitVisible(browser, mqtt + ".paused");
            own.append(41);
            await().atMost(PATIENCE)
                    .until(() -> browser.text(mqtt + " .progress").orElse("").startsWith("1 event waiting"));
            browser.page().getByRole(AriaRole.BUTTON, named("Resume mqtt")).click();
            awaitVisible(browser, mqtt + ".works");
            await().atMost(PATIENCE)
                    .until(() -> browser.text(mqtt + " .progress").orElse("").startsWith("No backlog"));

            Locator influxdb = browser.page().locator("#sinks li[data-sink=influxdb]");
            influxdb.locator("summary").click();
            await().atMost(PATIENCE).until(() -> influxdb.locator(".letters li").count() == 4);
            assertTrue(influxdb.locator(".letters li .more").first().innerText().contains("field type conflict"));
            own.acceptAll();
            influxdb.locator(".letters li button").first().click();
            await().atMost(PATIENCE).until(() -> influxdb.locator(".letters li").count() == 3);
            influxdb.getByText("Delete all…").click();
            awaitVisible(browser, "#confirm");
            assertEquals(Optional.of("Delete 3 dead letters of influxdb?"), browser.text("#confirm-title"));
            assertEquals(List.of(), browser.accessibilityViolations());
            browser.save(SHOTS.resolve("confirm-1280-light.png"));
            browser.page().locator("#confirm-no").click();
            assertEquals(3, influxdb.locator(".letters li").count());
            influxdb.getByText("Delete all…").click();
            awaitVisible(browser, "#confirm");
            browser.page().locator("#confirm-yes").click();
            await().atMost(PATIENCE).until(() -> !influxdb.locator(".letters").isVisible());
            assertEquals(List.of(), browser.errors());
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static String title(BrowserSession browser) {
        return browser.text("#chart-title").orElse("");
    }

    private static boolean hasBoxes(BrowserSession browser) {
        return DrawnBox.find(browser.picture(), DrawnBox.Colour.GREEN).isPresent();
    }

    private static void assertChosen(BrowserSession browser, String tab) {
        await().atMost(PATIENCE)
                .until(() -> browser.page().locator("#panel-" + tab).isVisible());
        assertEquals(1, browser.page().locator("[role=tabpanel]:visible").count());
        assertEquals("true", browser.page().locator("#tab-" + tab).getAttribute("aria-selected"));
    }

    private static void awaitVisible(BrowserSession browser, String selector) {
        await().atMost(PATIENCE)
                .until(() -> browser.page().locator(selector).first().isVisible());
    }
}
