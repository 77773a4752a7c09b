package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.WaysideProcess;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads of a start in which nothing is wrong. */
class QuietStartIT {
    /** TensorFlow Lite's own, of which its Java interface cannot be rid. */
    private static final String XNNPACK = "INFO: Created TensorFlow Lite XNNPACK delegate for CPU.";

    @TempDir
    Path directory;

    @Test
    void aStartWithTheLivePictureOpenPrintsNoWarningAndNoLineOfALibrary() throws Exception {
        try (WaysideProcess wayside = WaysideProcess.run(directory).awaitStarted()) {
            assertPictureArrives(wayside);
            List<String> lines = wayside.log()
                    .lines()
                    .filter(line -> !line.matches("[0-9:.]{12} INFO  .+|wayside: .+"))
                    .filter(line -> !line.equals(XNNPACK))
                    .toList();
            assertEquals(List.of(), lines);
        }
    }

    /** It is drawn and encoded by OpenCV, which is loaded only then. */
    private static void assertPictureArrives(WaysideProcess wayside) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(wayside.url() + "/stream.mjpg"))
                .build();
        try (InputStream stream = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertTrue(stream.readNBytes(20_000).length > 10_000, "the stream ended");
        }
    }
}
