package dev.wayside.management;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.wayside.live.BrowserSession;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/hawtio.md in a real browser; the page shows the pictures that are taken here. */
class HawtioIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SHOTS = Path.of("target", "screenshots");

    @TempDir
    Path directory;

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @Test
    void findsTheSlowStepAndSuspendsASinkWhoseBacklogGrowsUntilItIsResumed() throws Exception {
        Files.createDirectories(SHOTS);
        try (WaysideProcess wayside = WaysideProcess.run(directory).awaitStarted();
                BrowserSession browser = BrowserSession.open(wayside.url() + "/hawtio/", 1280, 800, false)) {
            browser.page().onConsoleMessage(this::note);
            findTheSlowStep(browser);
            invoke(browser, "suspend");
            browser.save(SHOTS.resolve("hawtio-suspend.png"));
            showSink(browser, wayside);
            await().atMost(PATIENCE).until(() -> backlog(browser) >= 20);
            browser.save(SHOTS.resolve("hawtio-backlog.png"));
            browser.page().navigate(wayside.url() + "/hawtio/camel");
            invoke(browser, "resume");
            showSink(browser, wayside);
            await().atMost(PATIENCE).until(() -> backlog(browser) <= 1);
            assertEquals(List.of(), browser.errors());
            assertEquals(List.of(), complaints);
        }
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add(message.text());
        }
    }

    /** The diagram of the camera's route counts frames; the tooltip of a step has its times. */
    private static void findTheSlowStep(BrowserSession browser) {
        selectRoute(browser, "camera-front");
        await().atMost(PATIENCE).until(() -> count(browser, "front-detect") > 0);
        int before = count(browser, "front-detect");
        await().atMost(PATIENCE).until(() -> count(browser, "front-detect") > before);
        node(browser, "front-detect").hover();
        Locator tooltip = browser.page().locator(".node-tooltip");
        await().atMost(PATIENCE).until(() -> tooltip.innerText().contains("Mean"));
        browser.save(SHOTS.resolve("hawtio-diagram.png"));
        double detect = mean(tooltip.innerText());
        // The tooltip covers the next step.
        browser.page().mouse().move(0, 0);
        await().atMost(PATIENCE).until(() -> tooltip.count() == 0);
        node(browser, "front-event").hover();
        await().atMost(PATIENCE).until(() -> tooltip.innerText().contains("Mean"));
        assertTrue(detect > mean(tooltip.innerText()), "the model is slower than what follows");
    }

    private static void selectRoute(BrowserSession browser, String route) {
        browser.page()
                .getByRole(AriaRole.TREEITEM)
                .getByText(route, new Locator.GetByTextOptions().setExact(true))
                .first()
                .click();
    }

    private static void invoke(BrowserSession browser, String operation) {
        selectRoute(browser, "mqtt");
        browser.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Operations"))
                .click();
        Locator item = browser.page()
                .locator("li[class*=data-list__item]")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("void\\s*" + operation + "\\(\\)")));
        item.locator("button[aria-label='Details']").click();
        item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Execute"))
                .click();
        assertEquals("Operation successful", item.locator("input").inputValue());
    }

    private static void showSink(BrowserSession browser, WaysideProcess wayside) {
        browser.page().navigate(wayside.url() + "/hawtio/jmx");
        for (String folder : List.of("dev.wayside", "Sink")) {
            browser.page()
                    .getByRole(AriaRole.TREEITEM)
                    .filter(new Locator.FilterOptions().setHasText(folder))
                    .last()
                    .locator("[class*=tree-view__node-toggle]")
                    .first()
                    .click();
        }
        selectRoute(browser, "mqtt");
    }

    private static long backlog(BrowserSession browser) {
        Locator value =
                browser.page().locator("tr:has(td:text-is('Backlog')) td").nth(1);
        return Long.parseLong(value.innerText().strip());
    }

    private static Locator node(BrowserSession browser, String id) {
        return browser.page()
                .locator(".react-flow__node")
                .filter(new Locator.FilterOptions().setHasText("(ID: " + id + ")"));
    }

    private static int count(BrowserSession browser, String id) {
        return Integer.parseInt(node(browser, id).locator(".number").innerText().strip());
    }

    /** In milliseconds. */
    private static double mean(String tooltip) {
        Matcher mean = Pattern.compile("Mean\\D*([\\d.]+)").matcher(tooltip);
        assertTrue(mean.find(), tooltip);
        return Double.parseDouble(mean.group(1));
    }
}
