package dev.wayside.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams end with their session; passwords that change, and passwords that are tried out. */
class SessionEndIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OTHER = "another good password";

    @TempDir
    Path directory;

    @Test
    void aStreamEndsWithTheLogoutOfItsSessionOnly() throws Exception {
        try (GuardedPage page = GuardedPage.onTheNetwork(directory)) {
            Client one = loggedIn(page);
            Client two = loggedIn(page);
            CompletableFuture<Void> first = follow(one, one.request("/api/events"));
            CompletableFuture<Void> second = follow(two, two.request("/api/events"));
            one.submit("/logout", "");
            await().atMost(PATIENCE).until(first::isDone);
            assertFalse(second.isDone());
            assertEquals(401, one.status("/api/events"));
            assertEquals(200, two.status("/api/status"));
        }
    }

    @Test
    void aSessionThatNobodyUsesExpiresAndItsStreamEnds() throws Exception {
        new PasswordFile(directory.resolve(PasswordFile.NAME)).set(GuardedPage.PASSWORD);
        try (GuardedPage page = new GuardedPage(GuardedPage.settings("0.0.0.0", directory, Duration.ofMillis(2500)))) {
            Client client = loggedIn(page);
            CompletableFuture<Void> stream = follow(client, client.request("/stream.mjpg"));
            // A page that asks for the status keeps its session.
            for (int i = 0; i < 8; i++) {
                await().pollDelay(Duration.ofMillis(500)).until(() -> true);
                assertEquals(200, client.status("/api/status"));
            }
            assertFalse(stream.isDone());
            await().atMost(PATIENCE).until(stream::isDone);
            assertEquals(401, client.status("/api/status"));
        }
    }

    @Test
    void aNewPasswordTakesEffectAtOnceAndEndsAllSessionsAndStreams() throws Exception {
        try (GuardedPage page = GuardedPage.onTheNetwork(directory)) {
            Client browser = loggedIn(page);
            Client program = new Client(page.url());
            String basic = Client.basic("wayside", GuardedPage.PASSWORD);
            CompletableFuture<Void> one = follow(browser, browser.request("/api/events"));
            CompletableFuture<Void> two =
                    follow(program, program.request("/api/events").header("Authorization", basic));
            new PasswordFile(directory.resolve(PasswordFile.NAME)).set(OTHER);
            await().atMost(PATIENCE).until(() -> one.isDone() && two.isDone());
            assertEquals(401, browser.status("/api/status"));
            assertEquals(
                    401,
                    program.send(program.request("/api/status").header("Authorization", basic))
                            .statusCode());
            assertEquals(302, new Client(page.url()).logIn(OTHER).statusCode());
        }
    }

    @Test
    void aSessionInUseDoesNotOutliveItsPassword() throws Exception {
        try (GuardedPage page = GuardedPage.onTheNetwork(directory)) {
            Client browser = loggedIn(page);
            new PasswordFile(directory.resolve(PasswordFile.NAME)).set(OTHER);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> browser.status("/api/status") == 401);
            for (int i = 0; i < 20; i++) {
                assertEquals(401, browser.status("/api/status"), "a response in flight stored the session again");
            }
        }
    }

    @Test
    void aProgramThatRepeatsAnOldPasswordLocksNobodyOut() throws Exception {
        try (GuardedPage page = GuardedPage.onTheNetwork(directory)) {
            Client recorder = new Client(page.url());
            String old = Client.basic("wayside", "the password before");
            for (int i = 0; i < 40; i++) {
                assertEquals(
                        401,
                        recorder.send(recorder.request("/api/status").header("Authorization", old))
                                .statusCode(),
                        "attempt " + i);
            }
            loggedIn(page);
        }
    }

    @Test
    void aDamagedOrDeletedPasswordFileDoesNotOpenThePage() throws Exception {
        Path file = directory.resolve(PasswordFile.NAME);
        try (GuardedPage page = GuardedPage.onTheNetwork(directory)) {
            Files.writeString(file, "nonsense");
            awaitTwoChecks();
            assertEquals(401, new Client(page.url()).status("/api/status"));
            Files.delete(file);
            awaitTwoChecks();
            assertEquals(401, new Client(page.url()).status("/api/status"));
            loggedIn(page);
        }
    }

    private static void awaitTwoChecks() {
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
    }

    @Test
    void onLoopbackAPasswordIsAskedForAsSoonAsOneIsSet() throws Exception {
        try (GuardedPage page = new GuardedPage(GuardedPage.settings("127.0.0.1", directory))) {
            Client client = new Client(page.url());
            CompletableFuture<Void> stream = follow(client, client.request("/api/events"));
            new PasswordFile(directory.resolve(PasswordFile.NAME)).set(GuardedPage.PASSWORD);
            await().atMost(PATIENCE).until(() -> client.status("/api/status") == 401);
            await().atMost(PATIENCE).until(stream::isDone);
            loggedIn(page);
        }
    }

    @Test
    void aFirstStartOnANetworkMakesAPasswordAndShowsItOnce() throws Exception {
        AccessSettings settings = GuardedPage.settings("0.0.0.0", directory);
        String made;
        try (GuardedPage page = new GuardedPage(settings)) {
            assertEquals(1, page.console.size());
            made = page.console.get(0).replaceAll("(?s).*password ([a-z2-9-]{19})\n.*", "$1");
            assertEquals(302, new Client(page.url()).logIn(made).statusCode(), page.console::toString);
            assertFalse(Files.readString(settings.hashFile()).contains(made));
        }
        try (GuardedPage page = new GuardedPage(settings)) {
            assertEquals(List.of(), page.console);
            assertEquals(302, new Client(page.url()).logIn(made).statusCode());
        }
    }

    @Test
    void thePasswordCanComeFromAFileThatChanges() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), GuardedPage.PASSWORD + "\n");
        AccessSettings base = GuardedPage.settings("0.0.0.0", directory);
        AccessSettings settings = new AccessSettings(
                base.host(),
                base.machine(),
                base.names(),
                base.hashFile(),
                Optional.of(secret),
                "",
                "",
                base.sessionTimeout());
        try (GuardedPage page = new GuardedPage(settings)) {
            loggedIn(page);
            assertFalse(Files.exists(base.hashFile()));
            Files.writeString(secret, OTHER);
            await().atMost(PATIENCE)
                    .until(() -> new Client(page.url()).logIn(OTHER).statusCode() == 302);
        }
    }

    @Test
    void tryingPasswordsOutIsSlowedDownAndLocksNobodyOut() throws Exception {
        try (GuardedPage page = GuardedPage.onTheNetwork(directory)) {
            Client owner = loggedIn(page);
            Client attacker = new Client(page.url());
            HttpResponse<String> last = guess(attacker, 0);
            int checked = 0;
            while (last.statusCode() == 401 && checked < 100) {
                checked++;
                last = guess(attacker, checked);
            }
            assertEquals(429, last.statusCode());
            assertTrue(checked >= 4, "so many guesses were checked: " + checked);
            int wait = Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow());
            assertTrue(wait >= 1 && wait <= 10, "wait " + wait + " s");
            assertEquals(200, owner.status("/api/status"), "a session goes on");
            await().atMost(Duration.ofSeconds(wait + 5L))
                    .pollDelay(Duration.ofSeconds(wait))
                    .until(() ->
                            new Client(page.url()).logIn(GuardedPage.PASSWORD).statusCode() == 302);
        }
    }

    @Test
    void manyRequestsAtOnceWithTheSamePasswordAreOneAttempt() throws Exception {
        try (GuardedPage page = GuardedPage.onTheNetwork(directory)) {
            for (String password : List.of("wrong password", GuardedPage.PASSWORD)) {
                String basic = Client.basic("wayside", password);
                List<CompletableFuture<Integer>> all = IntStream.range(0, 12)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                            Client client = new Client(page.url());
                            return client.send(client.request("/api/status").header("Authorization", basic))
                                    .statusCode();
                        }))
                        .toList();
                int expected = password.equals(GuardedPage.PASSWORD) ? 200 : 401;
                assertTrue(
                        all.stream()
                                        .map(CompletableFuture::join)
                                        .filter(status -> status == expected)
                                        .count()
                                >= 10,
                        () -> all.stream().map(CompletableFuture::join).toList().toString());
            }
        }
    }

    private static HttpResponse<String> guess(Client attacker, int number) {
        String guess = "guess number " + number;
        return number % 2 == 0
                ? attacker.logIn(guess)
                : attacker.send(
                        attacker.request("/api/status").header("Authorization", Client.basic("wayside", guess)));
    }

    private static Client loggedIn(GuardedPage page) {
        Client client = new Client(page.url());
        assertEquals(302, client.logIn(GuardedPage.PASSWORD).statusCode());
        return client;
    }

    /** Completes when the stream ends, in whatever way. */
    private static CompletableFuture<Void> follow(Client client, HttpRequest.Builder request) {
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        return CompletableFuture.runAsync(() -> {
            try (InputStream in = answer.body()) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The connection was reset, which is an end, too.
            }
        });
    }
}
