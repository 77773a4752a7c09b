package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.mqtt.ConnectingClients;
import dev.wayside.servers.ListeningPorts;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.WaysideProcess;
import dev.wayside.text.NamedPipe;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Wayside stops, at any moment. */
class StopIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** The very first start prepares the later ones. */
    private static final Duration START = Duration.ofSeconds(180);

    @TempDir
    Path directory;

    @TempDir
    Path brokerDirectory;

    /** On a busy machine, one of three attempts must be fast enough, and none may hang. */
    @Test
    void sigtermEndsWaysideWithinThreeSecondsWithExitCodeZeroAndPublishesOffline() throws Exception {
        List<Duration> taken = new ArrayList<>();
        do {
            taken.add(timeFromSigtermToTheEnd());
        } while (taken.size() < 3 && Collections.min(taken).compareTo(Duration.ofSeconds(3)) > 0);
        assertTrue(Collections.min(taken).compareTo(Duration.ofSeconds(3)) <= 0, taken::toString);
    }

    private Duration timeFromSigtermToTheEnd() throws Exception {
        try (Mosquitto broker = new Mosquitto(brokerDirectory, "allow_anonymous true").start();
                MosquittoSub subscriber = new MosquittoSub(broker.port());
                WaysideProcess wayside = WaysideProcess.run(directory, "device=pi-01", "mqtt.url=" + broker.url())
                        .awaitStarted()) {
            await().atMost(PATIENCE)
                    .until(() ->
                            subscriber.on("wayside/pi-01/front/event").findAny().isPresent());
            long begin = System.nanoTime();
            wayside.process().destroy();
            assertTrue(wayside.process().waitFor(15, TimeUnit.SECONDS), "it hangs");
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            assertEquals(0, wayside.process().exitValue(), wayside.log());
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("wayside/pi-01/status").anyMatch(m -> m.payload()
                            .equals("offline")));
            return taken;
        }
    }

    /** The JVM reads its arguments from a named pipe, and so waits before it starts anything. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void aSignalBeforeAnythingIsStartedGivesExitCodeZero(String signal) throws Exception {
        Path pipe = NamedPipe.make(directory.resolve("arguments"));
        List<String> command = List.of(
                "/usr/bin/env",
                "--default-signal=INT,HUP",
                Path.of("wayside").toAbsolutePath().toString(),
                "run",
                "@" + pipe);
        try (WaysideProcess wayside = WaysideProcess.elsewhere(directory, System.getenv(), 0, command);
                OutputStream writer =
                        CompletableFuture.supplyAsync(() -> opened(pipe)).get(START.toSeconds(), TimeUnit.SECONDS)) {
            assertNotNull(writer, "the JVM waits for its arguments");
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            String.valueOf(wayside.process().pid()))
                    .start()
                    .waitFor();
            assertEquals(0, wayside.awaitExit(), wayside.log());
        }
    }

    /** Returns when a reader has opened it as well. */
    private static OutputStream opened(Path pipe) {
        try {
            return Files.newOutputStream(pipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sigtermDuringStartupEndsWaysideQuietlyWhateverClientsDo() throws Exception {
        // The broker listens; TensorFlow Lite has loaded the model; everything runs.
        for (String sign : List.of("", "XNNPACK delegate", "Wayside runs as")) {
            try (WaysideProcess wayside = WaysideProcess.run(directory)) {
                await().atMost(START).pollInterval(Duration.ofMillis(5)).until(() -> brokerPort(wayside) > 0);
                try (ConnectingClients clients = new ConnectingClients(brokerPort(wayside), 4)) {
                    await().atMost(START).pollInterval(Duration.ofMillis(5)).until(() -> wayside.log()
                            .contains(sign));
                    await().atMost(PATIENCE).until(() -> clients.accepted() > 0);
                    wayside.process().destroy();
                    assertEquals(0, wayside.awaitExit(), wayside.log());
                }
                assertFalse(wayside.log().contains("\tat "), wayside.log());
                assertFalse(wayside.log().contains("ERROR"), wayside.log());
                assertFalse(wayside.log().contains("told to stop"), wayside.log());
            }
        }
    }

    /** The embedded broker's, before the log names it; 0 until it listens. */
    private static int brokerPort(WaysideProcess wayside) {
        return ListeningPorts.of(wayside.process().pid())
                .filter(port -> port >= 1883 && port < 1903)
                .findFirst()
                .orElse(0);
    }
}
