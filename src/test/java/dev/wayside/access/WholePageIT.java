package dev.wayside.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.access.RawRequest.Answer;
import dev.wayside.assembly.Application;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import dev.wayside.servers.Programs;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of Wayside on a network, with a path of a user's route: no path of its router answers to a stranger. The paths
 * are those of the router itself, so that a new one cannot be forgotten.
 */
class WholePageIT {
    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "QUERY");

    private static final Set<String> OPEN_TO_ALL = Set.of("/login", "/health/live", "/health/ready", "/health/started");

    @TempDir
    static Path directory;

    private static int port;
    private static Application application;

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path file : own.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(
                routes.resolve("mine.yaml"),
                """
                - route:
                    id: mine
                    description: A path of the user
                    from:
                      uri: platform-http:/mine/{what}
                      steps:
                        - setBody: {constant: a secret of the user}
                """);
        port = Programs.freePort();
        Home home = new Home(Path.of("").toAbsolutePath(), directory);
        Settings settings = SettingsLoader.load(home, List.of("http.host=0.0.0.0", "http.port=" + port), Map.of());
        application = new Application(home, settings, password -> {});
        application.start();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void noPathAnswersWithoutThePassword() {
        Set<String> paths = paths();
        assertTrue(
                paths.containsAll(
                        List.of("/", "/stream.mjpg", "/snapshot.jpg", "/api/status", "/api/events", "/mine/x")),
                paths::toString);
        List<String> wrong = new ArrayList<>();
        for (String path : paths) {
            for (String method : METHODS) {
                for (String[] headers : requests()) {
                    Answer answer = RawRequest.send(port, method + " " + path, headers);
                    if (!isClosed(path, method, answer)) {
                        wrong.add(method + " " + path + " " + List.of(headers) + ": " + answer.text());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** As a program, a browser and a browser of another site send it, with credentials that are worth nothing. */
    private static List<String[]> requests() {
        return List.of(
                new String[] {"Host: localhost", "Content-Length: 0"},
                new String[] {"Host: localhost", "Content-Length: 0", "Accept: text/html", "User-Agent: Mozilla/5.0"},
                new String[] {
                    "Host: localhost",
                    "Content-Length: 0",
                    "X-XSRF-TOKEN: x",
                    "Cookie: XSRF-TOKEN=x; wayside-" + port + "=" + "0".repeat(64),
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-Host: localhost",
                    "Access-Control-Request-Headers: Authorization"
                });
    }

    private static boolean isClosed(String path, String method, Answer answer) {
        if (answer.body().contains("secret") || answer.body().contains("cameras")) {
            return false;
        }
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (OPEN_TO_ALL.contains(path) && reads) {
            return path.equals("/login")
                    ? answer.status() == 200
                            && (method.equals("HEAD") || answer.body().contains("type=\"password\""))
                    : answer.status() == 404 || answer.body().length() < 40;
        }
        if (reads && answer.status() == 302) {
            return answer.header("Location").startsWith("/login");
        }
        return Set.of(400, 401, 403, 404, 405).contains(answer.status());
    }

    /** Those of all routes, with a value in place of each parameter and a deeper one for each wildcard. */
    private static Set<String> paths() {
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(
                application.camelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
        Set<String> paths = new TreeSet<>(
                List.of("/", "/nothing", "/hawtio", "/hawtio/camel/routes", "/hawtio/jolokia/list", "/metrics"));
        for (Route route : router.getRoutes()) {
            String path = route.getPath() == null ? "/" : route.getPath();
            // Vert.x tells the pattern of a path only here. Paths for those of Hawtio are above.
            assertFalse(
                    route.isRegexPath()
                            && route.getPath() == null
                            && !route.toString().contains("pattern=/hawtio"),
                    "this test cannot guess a path of " + route);
            String plain = path.replaceAll(":\\w+|\\(\\?<\\w+>[^)]*\\)", "x").replaceAll("[\\\\^$]|\\[\\^/]\\+", "");
            paths.add(plain.isEmpty() ? "/" : plain);
            paths.add((plain + "/deeper").replace("//", "/"));
        }
        paths.addAll(OPEN_TO_ALL);
        return paths;
    }

    @Test
    void thePasswordOpensThem() throws IOException {
        // The hash cannot be turned back, so this sets another password; the page takes it within seconds.
        new PasswordFile(directory.resolve(PasswordFile.NAME)).set(GuardedPage.PASSWORD);
        Client client = new Client("http://127.0.0.1:" + port);
        org.awaitility.Awaitility.await()
                .until(() -> client.logIn(GuardedPage.PASSWORD).statusCode() == 302);
        assertEquals("a secret of the user", client.get("/mine/x").body());
        assertTrue(client.get("/api/status").body().contains("\"cameras\""));
    }
}
