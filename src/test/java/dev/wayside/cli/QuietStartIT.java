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

/** The output of a start without problems. */
class QuietStartIT {
    /** A line of TensorFlow Lite that cannot be turned off from Java. */
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

    /** OpenCV draws and encodes the picture, and is loaded only then. */
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
