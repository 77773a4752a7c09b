package dev.wayside.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.HttpCookie;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in, and what a client may do before and after it. */
class GuardIT {
    @TempDir
    static Path directory;

    private static GuardedPage page;

    @BeforeAll
    static void start() throws Exception {
        page = GuardedPage.onTheNetwork(directory);
    }

    @AfterAll
    static void stop() {
        page.close();
    }

    private Client client() {
        return new Client(page.url());
    }

    private Client loggedIn() {
        Client client = client();
        HttpResponse<String> answer = client.logIn(GuardedPage.PASSWORD);
        assertEquals(302, answer.statusCode(), answer.body());
        assertEquals(200, client.status("/"));
        return client;
    }

    @Test
    void aSessionOpensEverythingUntilTheLogout() {
        Client client = loggedIn();
        assertEquals(200, client.status("/api/status"));
        assertEquals("done", client.get("/mine").body());
        assertTrue(
                client.get("/login").headers().firstValue("Location").orElse("").equals("/"));
        HttpResponse<String> out = client.submit("/logout", "");
        assertEquals("/login", out.headers().firstValue("Location").orElse(""));
        assertEquals(401, client.status("/api/status"));
    }

    @Test
    void theCookiesAreProtected() {
        Client client = client();
        HttpResponse<String> answer = client.logIn(GuardedPage.PASSWORD);
        List<String> session = answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("wayside-" + page.port + "="))
                .toList();
        assertEquals(1, session.size(), () -> answer.headers().map().toString());
        assertTrue(
                session.get(0).matches("wayside-\\d+=[0-9a-f]{64,}; Path=/; HTTPOnly; SameSite=Strict"),
                session.get(0));
        List<String> token = client.get("/").headers().allValues("Set-Cookie");
        // Browsers send the cookies of one host to all its ports, so the page reads the one with its port.
        assertEquals(2, token.size(), token::toString);
        for (String cookie : token) {
            assertTrue(cookie.matches("XSRF-TOKEN(-" + page.port + ")?=[\\w-]{43}; Path=/; SameSite=Strict"), cookie);
        }
        assertEquals(List.of(), client.get("/").headers().allValues("Set-Cookie"), "the client has it already");
    }

    @Test
    void aSessionThatTheClientChoseIsNotUsed() {
        Client client = client();
        String chosen = "f".repeat(64);
        HttpCookie cookie = new HttpCookie("wayside-" + page.port, chosen);
        cookie.setPath("/");
        cookie.setDomain("127.0.0.1");
        client.cookies.getCookieStore().add(java.net.URI.create(page.url()), cookie);
        assertEquals(302, client.logIn(GuardedPage.PASSWORD).statusCode());
        assertNotEquals(chosen, client.cookie("wayside-"));
        assertEquals(401, withSession(chosen).statusCode());
        String first = client.cookie("wayside-");
        assertEquals(302, client.submit("/logout", "").statusCode());
        assertEquals(302, client.logIn(GuardedPage.PASSWORD).statusCode());
        assertNotEquals(first, client.cookie("wayside-"));
    }

    private HttpResponse<String> withSession(String id) {
        return client().send(client().request("/api/status").header("Cookie", "wayside-" + page.port + "=" + id));
    }

    @Test
    void aSessionCannotBeReplayedAfterTheLogout() {
        Client client = loggedIn();
        String session = client.cookie("wayside-");
        String token = client.cookie("XSRF-TOKEN");
        assertEquals(200, withSession(session).statusCode());
        client.submit("/logout", "");
        assertEquals(401, withSession(session).statusCode());
        HttpResponse<String> change = client().send(client().request("/mine")
                .header("Cookie", "wayside-" + page.port + "=" + session + "; XSRF-TOKEN=" + token)
                .header("X-XSRF-TOKEN", token)
                .POST(BodyPublishers.noBody()));
        assertEquals(401, change.statusCode());
    }

    @Test
    void aChangeNeedsTheTokenOfItsSession() {
        Client client = loggedIn();
        assertEquals(200, client.send(client.change("/mine")).statusCode());
        assertEquals(200, client.send(client.change("/mine")).statusCode(), "parallel changes share it");
        String other = loggedIn().cookie("XSRF-TOKEN");
        Client stranger = client();
        assertEquals(200, stranger.status("/login"));
        assertFalse(stranger.cookie("XSRF-TOKEN").isEmpty());
        for (String token : List.of("", "x", other, stranger.cookie("XSRF-TOKEN"))) {
            HttpResponse<String> answer = client.send(
                    client.request("/mine").header("X-XSRF-TOKEN", token).POST(BodyPublishers.noBody()));
            assertEquals(403, answer.statusCode());
            assertTrue(answer.body().contains("X-XSRF-TOKEN"), answer.body());
        }
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            assertEquals(
                    403,
                    client.send(client.request("/mine").method(method, BodyPublishers.noBody()))
                            .statusCode());
        }
    }

    @Test
    void aLogoutNeedsTheToken() {
        Client client = loggedIn();
        assertEquals(
                403,
                client.send(client.request("/logout").POST(BodyPublishers.noBody()))
                        .statusCode());
        assertEquals(200, client.status("/api/status"));
    }

    @Test
    void basicAuthenticationIsForPrograms() {
        Client client = client();
        String right = Client.basic("wayside", GuardedPage.PASSWORD);
        HttpResponse<String> answer = client.send(client.request("/api/status").header("Authorization", right));
        assertEquals(200, answer.statusCode());
        assertEquals("", client.cookie("wayside-"), "no session is kept");
        assertEquals(
                200,
                client.send(client.change("/mine").header("Authorization", right))
                        .statusCode());
        assertEquals(
                403,
                client.send(client.request("/mine")
                                .header("Authorization", right)
                                .POST(BodyPublishers.noBody()))
                        .statusCode());
        HttpResponse<String> asked = client.get("/api/status");
        assertEquals(401, asked.statusCode());
        assertEquals(
                "Basic realm=\"Wayside\", charset=\"UTF-8\"",
                asked.headers().firstValue("WWW-Authenticate").orElse(""));
        HttpResponse<String> browser =
                client.send(client.request("/api/status").header("User-Agent", "Mozilla/5.0 (X11)"));
        assertEquals("", browser.headers().firstValue("WWW-Authenticate").orElse(""), "it would open a window");
    }

    @Test
    void otherCredentialsAreRefused(@TempDir Path own) throws Exception {
        Map<String, Integer> expected = Map.of(
                "Bearer abc", 401,
                "Basic", 400,
                "Basic !!", 400,
                "Basic d2F5c2lkZQ==", 401,
                "Basic Og==", 401,
                "Digest x", 401);
        // Of its own, because too many wrong passwords are refused in another way.
        try (GuardedPage fresh = GuardedPage.onTheNetwork(own)) {
            Client client = new Client(fresh.url());
            expected.forEach((header, status) -> {
                HttpResponse<String> answer =
                        client.send(client.request("/mine").header("Authorization", header));
                assertEquals(status, answer.statusCode(), header);
            });
            assertEquals(0, fresh.mine.get());
        }
    }

    @Test
    void responsesThatHaveEndedAreForgotten() throws Exception {
        Client client = loggedIn();
        await().until(() -> page.access.openResponses() == 0);
        HttpResponse<InputStream> stream = client.send(client.request("/api/events"), BodyHandlers.ofInputStream());
        await().until(() -> page.access.openResponses() == 1);
        stream.body().close();
        await().until(() -> page.access.openResponses() == 0);
        assertEquals(503, client.status("/snapshot.jpg"));
        await().until(() -> page.access.openResponses() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "/\\evil.example",
                "https://evil.example",
                "/%0d%0aSet-Cookie:x=y",
                "javascript:alert(1)",
                "/login?next=/login",
                "/a\"><script>"
            })
    void theLoginLeadsOnlyToPathsOfThisServer(String next) {
        Client client = client();
        HttpResponse<String> answer = client.submit(
                "/login?next=" + Client.encode(next),
                "username=wayside&password=" + Client.encode(GuardedPage.PASSWORD));
        assertEquals(302, answer.statusCode());
        String location = answer.headers().firstValue("Location").orElse("");
        assertTrue(location.equals("/") || location.equals("/%0d%0aSet-Cookie:x=y"), location);
    }

    @Test
    void theLoginLeadsToThePageThatWasAskedFor() {
        Client client = client();
        HttpResponse<String> asked =
                client.send(client.request("/stream.mjpg?camera=front").header("Accept", "text/html"));
        String login = asked.headers().firstValue("Location").orElse("");
        assertEquals("/login?next=%2Fstream.mjpg%3Fcamera%3Dfront", login);
        HttpResponse<String> answer =
                client.submit(login, "username=wayside&password=" + Client.encode(GuardedPage.PASSWORD));
        assertEquals(
                "/stream.mjpg?camera=front",
                answer.headers().firstValue("Location").orElse(""));
    }

    @Test
    void aWrongPasswordIsToldInTheForm() {
        HttpResponse<String> answer = client().logIn("wrong <b>password");
        assertTrue(answer.statusCode() == 401 || answer.statusCode() == 429, answer.body());
        assertFalse(answer.body().contains("wrong <b>"), answer.body());
        assertTrue(answer.body().contains("The password is wrong.")
                || answer.body().contains("Too many attempts."));
    }
}
