package dev.wayside.live;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import dev.wayside.servers.Programs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A real Chromium that opens the live page at any address. Without Chromium the test is skipped, unless the environment
 * says {@code CI=true}: then it fails. {@code WAYSIDE_CHROMIUM} names another executable.
 */
public final class BrowserSession implements AutoCloseable {
    private static final String AXE = axe();
    private static final List<String> QUIET = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-color-profile=srgb");

    private final Playwright playwright;
    private final Browser browser;
    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();

    private BrowserSession(Path chromium, int width, int height, boolean dark) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setChromiumSandbox(false)
                        .setArgs(QUIET));
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
        page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                errors.add(message.text());
            }
        });
    }

    /**
     * Opens the page.
     *
     * @param url of the page, such as {@code http://127.0.0.1:8080/}
     * @param width of the window in pixels
     * @param height of the window in pixels
     * @param dark whether the user prefers dark colours
     */
    public static BrowserSession open(String url, int width, int height, boolean dark) {
        BrowserSession session = new BrowserSession(chromium(), width, height, dark);
        // Streams never end, so the network never becomes idle: wait for the document only.
        session.page.navigate(url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        return session;
    }

    private static Path chromium() {
        Optional<Path> found = Stream.of(
                        System.getenv("WAYSIDE_CHROMIUM"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(name -> name != null && !name.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            Programs.missing("Chromium is missing: install Debian's package chromium, or set WAYSIDE_CHROMIUM");
        }
        return found.orElseThrow();
    }

    /** The page, for everything that this class has no method for. */
    public Page page() {
        return page;
    }

    /** Errors that no script of the page caught, and violations of its security policy, in their order. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** The number on the tile of a label; empty while there is no such tile or no number on it. */
    public Optional<Integer> count(String label) {
        return text("#counts li[data-label='" + label + "'] .number")
                .filter(number -> number.matches("\\d+"))
                .map(Integer::valueOf);
    }

    /** The text of the state at the top, such as {@code Running}. */
    public String state() {
        return text("#state-words").orElse("");
    }

    /** The visible text of the first element that a selector finds. */
    public Optional<String> text(String selector) {
        Object text = page.evaluate("selector => document.querySelector(selector)?.innerText ?? null", selector);
        return Optional.ofNullable((String) text);
    }

    /**
     * What axe-core finds wrong with the page as it is now, by the rules of WCAG 2.2 A and AA: for each violation its rule and
     * the elements.
     */
    public List<String> accessibilityViolations() {
        page.evaluate(AXE);
        Object found = page.evaluate(
                """
                async () => {
                    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
                    const { violations } = await axe.run(document, { runOnly: tags });
                    return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
                        `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
                }""");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream in = BrowserSession.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A screenshot of the window. */
    public BufferedImage screenshot() {
        return image(page.screenshot());
    }

    /** A screenshot of the live picture. */
    public BufferedImage picture() {
        return image(page.locator("#picture").screenshot());
    }

    /** Writes a screenshot of the whole page as PNG. */
    public void save(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    private static BufferedImage image(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new IllegalStateException("the screenshot is no picture", e);
        }
    }

    @Override
    public void close() {
        context.close();
        browser.close();
        playwright.close();
    }
}
