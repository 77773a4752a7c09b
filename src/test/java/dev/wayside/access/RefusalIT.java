package dev.wayside.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.access.RawRequest.Answer;
import dev.wayside.live.LiveLimits;
import dev.wayside.live.LivePage;
import dev.wayside.live.LiveView;
import dev.wayside.servers.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard refuses whoever asks: other names, other sites, other methods, detours. */
class RefusalIT {
    @TempDir
    static Path directory;

    @TempDir
    static Path empty;

    private static GuardedPage network;
    private static GuardedPage loopback;

    @BeforeAll
    static void start() throws Exception {
        network = GuardedPage.onTheNetwork(directory);
        loopback = new GuardedPage(GuardedPage.settings("127.0.0.1", empty));
    }

    @AfterAll
    static void stop() {
        network.close();
        loopback.close();
    }

    @Test
    void onLoopbackThePageIsOpenAndAChangeNeedsTheToken() {
        Client client = new Client(loopback.url());
        assertEquals(200, client.status("/"));
        assertEquals(200, client.status("/api/status"));
        assertEquals("done", client.get("/mine").body());
        assertEquals("", client.cookie("wayside-"), "no session");
        assertEquals(200, client.send(client.change("/mine")).statusCode());
        assertEquals(
                403,
                RawRequest.send(loopback.port, "POST /mine", "Host: localhost").status());
        assertEquals("/", client.get("/login").headers().firstValue("Location").orElse(""));
        assertEquals(List.of(), loopback.console);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 403",
        "evil.example:8080, 403",
        "localhost.evil.example, 403",
        "192.0.2.1, 403",
        "pi-01, 403",
        "localhost, 200",
        "127.0.0.1:1, 200",
        "[::1]:8080, 200",
        "cam.example, 200",
    })
    void onLoopbackTheHostMustBeThisMachine(String host, int status) {
        Answer answer = RawRequest.send(loopback.port, "GET /api/status", "Host: " + host);
        assertEquals(status, answer.status(), answer.text());
        if (status == 403) {
            assertTrue(answer.body().contains("add it to http.names"), answer.body());
            assertTrue(answer.body().contains(host.replaceFirst(":\\d+$", "")), answer.body());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 403",
        "pi-01.evil.example, 403",
        "pi-01, 401",
        "pi-01.local, 401",
        "192.0.2.1, 401",
        "cam.example, 401"
    })
    void onANetworkTheHostMustBeANameOfThisMachine(String host, int status) {
        assertEquals(
                status,
                RawRequest.send(network.port, "GET /api/status", "Host: " + host)
                        .status());
        assertEquals(
                status == 403 ? 403 : 200,
                RawRequest.send(network.port, "GET /login", "Host: " + host, "Accept: text/html")
                        .status());
    }

    @Test
    void aRequestMustHaveExactlyOneHost() {
        assertTrue(RawRequest.send(loopback.port, "GET /api/status").status() >= 400);
        for (String second : List.of("localhost", "evil.example")) {
            Answer answer = RawRequest.send(loopback.port, "GET /api/status", "Host: localhost", "Host: " + second);
            assertTrue(answer.status() >= 400, answer.text());
        }
        for (String host : List.of("", "a b", "<script>", "localhost@evil.example", "evil.example#localhost")) {
            Answer answer = RawRequest.send(loopback.port, "GET /api/status", "Host: " + host);
            assertTrue(answer.status() >= 400, answer.text());
            assertFalse(answer.body().contains("<script>"), answer.text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Origin: http://localhost.evil.example",
                "Origin: x",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
            })
    void aRequestFromAnotherSiteIsRefused(String header) {
        String[] reads = {"GET /api/status", "GET /snapshot.jpg", "OPTIONS /mine", "POST /mine", "POST /login"};
        for (String request : reads) {
            Answer answer = RawRequest.send(loopback.port, request, "Host: localhost", header);
            assertEquals(403, answer.status(), answer.text());
            assertTrue(answer.body().contains("another site"), answer.body());
            assertEquals("", answer.header("Access-Control-Allow-Origin"));
        }
    }

    @Test
    void aLinkFromAnotherSiteLeadsToThePageButCannotEmbedIt() {
        String[] link = {"Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", ""};
        link[3] = "Sec-Fetch-Dest: document";
        Answer answer = RawRequest.send(loopback.port, "GET /", link);
        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
        link[3] = "Sec-Fetch-Dest: iframe";
        assertEquals(403, RawRequest.send(loopback.port, "GET /", link).status());
        link[3] = "Sec-Fetch-Dest: document";
        assertEquals(403, RawRequest.send(loopback.port, "POST /mine", link).status());
    }

    @Test
    void aRequestFromThePageItselfIsNot() {
        for (String origin : List.of("http://localhost:8080", "https://LOCALHOST:8080")) {
            assertEquals(
                    200,
                    RawRequest.send(
                                    loopback.port,
                                    "GET /api/status",
                                    "Host: localhost:8080",
                                    "Origin: " + origin,
                                    "Sec-Fetch-Site: same-origin")
                            .status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "FOO", "get"})
    void unusualMethodsAreRefused(String method) {
        for (GuardedPage page : List.of(loopback, network)) {
            Answer answer = RawRequest.send(page.port, method + " /mine", "Host: localhost", "X-Secret: 1");
            assertTrue(answer.status() >= 400, answer.text());
            assertFalse(answer.body().contains("done") || answer.body().contains("X-Secret"), answer.text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/../mine",
                "/health/live/../../mine",
                "/health/%2e%2e/mine",
                "/health/live/..%2f..%2fmine",
                "//mine",
                "/./mine",
                "/login/../mine",
                "/login;/../mine",
                "/mine/",
                "/mine?x=/login",
                "/mine#/login",
                "/login/mine",
                "/health/mine",
                "/health",
                "/health/live/x",
                "/HEALTH/live",
                "http://localhost/mine",
                "http://localhost/health/../mine",
                "/%6dine",
                "/login%00",
                "*",
            })
    void noDetourLeadsPastTheLogin(String path) {
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "DELETE")) {
            Answer answer = RawRequest.send(
                    network.port,
                    method + " " + path,
                    "Host: localhost",
                    "Content-Length: 0",
                    "Access-Control-Request-Headers: Authorization");
            assertTrue(
                    answer.status() == 401 || answer.status() == 400 || answer.status() == 404,
                    () -> method + ": " + answer.text());
            assertFalse(answer.body().contains("done"), answer.text());
        }
    }

    @Test
    void everyAnswerHasTheSecurityHeaders() {
        for (String path : List.of("/login", "/mine", "/", "/nothing")) {
            Answer answer = RawRequest.send(network.port, "GET " + path, "Host: localhost", "Accept: text/html");
            assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none'"), answer.text());
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
            assertEquals("same-origin", answer.header("Referrer-Policy"));
        }
        assertTrue(RawRequest.send(loopback.port, "GET /mine", "Host: localhost")
                .header("Content-Security-Policy")
                .startsWith("default-src 'none'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/mine?a=%zz", "/login?next=%"})
    void aMalformedEscapeIsABadRequest(String path) {
        Answer answer = RawRequest.send(network.port, "GET " + path, "Host: localhost");
        assertEquals(400, answer.status(), answer.text());
    }

    /** As in another Camel application, which has its own server: on loopback, too, other sites' pages can send requests. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void aServerWithoutTheGuardServesNothingOfWayside(String host) throws Exception {
        int port = Programs.freePort();
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", host);
        main.addInitialProperty("camel.server.port", String.valueOf(port));
        try (LiveView live = new LiveView(List.of("front"), 80)) {
            main.bind("livePage", new LivePage(live, port, Map::of, LiveLimits.DEFAULT));
            main.start();
            for (String path : List.of("/", "/api/status", "/snapshot.jpg")) {
                assertEquals(
                        404,
                        RawRequest.send(port, "GET " + path, "Host: localhost").status(),
                        path);
            }
        } finally {
            main.stop();
        }
    }
}
