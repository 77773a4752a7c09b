package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideCopy;
import dev.wayside.servers.WaysideProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wayside in folders whose names contain all characters with a special meaning in a shell, a URI or a pattern. */
class FolderNamesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "a b,c+d%20e#f?g&h(i)'j\"k{l}*m[n];o~p$q`r=s@t^u|v.w";

    @TempDir
    Path directory;

    @Test
    void runsInAFolderWithAnyNameAndListensOnIpv6() throws Exception {
        Path clone = WaysideCopy.built(directory.resolve(NAME));
        // The name of the folder itself also has a dot.
        Files.move(clone.resolve("kamelets"), clone.resolve("my.kamelets"));
        Path home = Files.createDirectory(directory.resolve("home " + NAME));
        Path working = Files.createDirectories(clone.resolve("working " + NAME));
        int port = Programs.freePort();
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), "HOME", home.toString());
        String launcher = clone.resolve("wayside").toString();
        List<String> settings = List.of(
                "--set",
                "http.host=::1",
                "--set",
                "http.port=" + port,
                "--set",
                "kamelets.path=my.kamelets",
                "--set",
                "journal.path=data ?#%/journal.db");
        try (WaysideProcess wayside = WaysideProcess.elsewhere(
                                working, environment, port, command(launcher, "run", settings))
                        .awaitStarted();
                MosquittoSub subscriber = new MosquittoSub(wayside.embeddedPort())) {
            await().atMost(PATIENCE).until(() -> subscriber.messages().stream()
                    .anyMatch(message -> message.topic().endsWith("/front/event")));
            assertTrue(wayside.log().contains(": http://[::1]:" + port + "/\n"), wayside.log());
            HttpRequest page = HttpRequest.newBuilder(URI.create("http://[::1]:" + port + "/"))
                    .build();
            assertEquals(
                    200,
                    HttpClient.newHttpClient()
                            .send(page, HttpResponse.BodyHandlers.ofString())
                            .statusCode());
            Path route = clone.resolve("routes/mqtt.yaml");
            int before = wayside.log().split("MQTT: connected").length;
            Files.writeString(route, Files.readString(route) + "\n");
            await().atMost(PATIENCE).until(() -> wayside.log().split("MQTT: connected").length > before);
            wayside.process().destroy();
            assertEquals(0, wayside.awaitExit(), wayside.log());
        }
        assertTrue(Files.exists(working.resolve("data ?#%/journal.db")));
        try (WaysideProcess journal =
                WaysideProcess.elsewhere(working, environment, 0, command(launcher, "journal", settings))) {
            assertEquals(0, journal.awaitExit(), journal.log());
            assertTrue(journal.log().contains("mqtt"), journal.log());
        }
    }

    private static List<String> command(String launcher, String command, List<String> settings) {
        return Stream.concat(Stream.of(launcher, command), settings.stream()).toList();
    }
}
