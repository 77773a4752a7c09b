package dev.wayside.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.wayside.live.BrowserSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logging in and out in a real browser. The pages themselves have no scripts. */
class LoginBrowserIT {
    private static final Path SHOTS = Path.of("target", "screenshots");

    @TempDir
    Path directory;

    private GuardedPage server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(SHOTS);
        server = GuardedPage.onTheNetwork(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, 800, false", "1280, 800, true", "360, 740, false", "360, 740, true"})
    void theKeyboardIsEnoughToLogInAndOut(int width, int height, boolean dark) {
        String look = "-" + width + (dark ? "-dark" : "-light") + ".png";
        try (BrowserSession browser = BrowserSession.open(server.url(), width, height, dark)) {
            Page page = browser.page();
            assertEquals("Log in – Wayside", page.title());
            assertEquals("password", page.evaluate("document.activeElement.id"), "typing can begin at once");
            browser.save(SHOTS.resolve("login" + look));
            assertFits(page);
            page.keyboard().type("not the password");
            page.keyboard().press("Enter");
            page.getByText("The password is wrong.").waitFor();
            browser.save(SHOTS.resolve("login-wrong" + look));
            assertContrast(page, "#problem", 4.5);
            assertContrast(page, "label", 4.5);
            assertContrast(page, ".hint", 4.5);
            assertContrast(page, "button", 4.5);
            page.keyboard().type(GuardedPage.PASSWORD);
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            page.locator("#logout").waitFor();
            assertEquals(server.url() + "/", page.url());
            page.locator("#logout").press("Enter");
            page.locator("form[action='/logout']").waitFor();
            browser.save(SHOTS.resolve("logout" + look));
            assertFits(page);
            assertContrast(page, "button", 4.5);
            page.keyboard().press("Enter");
            page.locator("#password").waitFor();
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void anOpenPageGoesToTheLoginWhenItsSessionEnds() {
        try (BrowserSession browser = loggedIn()) {
            new PasswordFile(directory.resolve(PasswordFile.NAME)).set("another good password");
            browser.page().locator("#password").waitFor();
            assertEquals(server.url() + "/login?next=%2F", browser.page().url());
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void scriptsCannotReadTheSession() {
        try (BrowserSession browser = loggedIn()) {
            String cookies = (String) browser.page().evaluate("document.cookie");
            assertTrue(cookies.matches("XSRF-TOKEN=[\\w-]{43}; XSRF-TOKEN-\\d+=[\\w-]{43}"), cookies);
            Object status = browser.page()
                    .evaluate(
                            """
                            async () => {
                              const token = document.cookie.match(/XSRF-TOKEN=([^;]+)/)[1];
                              const send = (headers) => fetch('/mine', { method: 'POST', headers });
                              return [(await send({})).status, (await send({ 'X-XSRF-TOKEN': token })).status];
                            }
                            """);
            assertEquals(List.of(403, 200), status);
        }
    }

    @Test
    void aPageOfAnotherSiteCanNeitherReadNorChangeAnything() throws Exception {
        try (BrowserSession browser = loggedIn()) {
            Page page = browser.page();
            // Another port is another origin of the same site, to which the browser sends the cookies.
            try (GuardedPage other =
                    new GuardedPage(GuardedPage.settings("127.0.0.1", Files.createTempDirectory(directory, "other")))) {
                page.navigate(other.url() + "/login");
                int before = server.mine.get();
                Object answers = page.evaluate(
                        """
                        async (url) => {
                          const answers = [];
                          for (const method of ['GET', 'POST']) {
                            const answer = await fetch(url + '/mine', { method, mode: 'no-cors', credentials: 'include' })
                                .then((a) => a.type, () => 'refused');
                            answers.push(answer);
                          }
                          return answers;
                        }
                        """,
                        server.url());
                assertTrue(
                        ((List<?>) answers).stream().allMatch(a -> a.equals("refused") || a.equals("opaque")),
                        answers::toString);
                assertEquals(before, server.mine.get(), "the requests did not pass the guard");
            }
        }
    }

    private BrowserSession loggedIn() {
        BrowserSession browser = BrowserSession.open(server.url(), 1280, 800, false);
        browser.page().locator("#password").fill(GuardedPage.PASSWORD);
        browser.page().locator("button").click();
        browser.page().locator("#logout").waitFor();
        return browser;
    }

    private static void assertFits(Page page) {
        Object overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertTrue((int) overflow <= 0, "the page is " + overflow + " px too wide");
    }

    /** WCAG 2.2, 1.4.3: the contrast of a text with the background behind it. */
    private static void assertContrast(Page page, String selector, double least) {
        Object ratio = page.evaluate(
                """
                (selector) => {
                  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
                  const light = (colour) => {
                    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
                    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
                  };
                  const element = document.querySelector(selector);
                  let behind = element;
                  while (getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
                  const text = light(getComputedStyle(element).color);
                  const ground = light(getComputedStyle(behind).backgroundColor);
                  return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
                }
                """,
                selector);
        assertTrue(((Number) ratio).doubleValue() >= least, selector + " has a contrast of " + ratio);
    }
}
