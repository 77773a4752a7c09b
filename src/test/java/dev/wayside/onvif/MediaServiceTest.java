package dev.wayside.onvif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.onvif.OnvifCamera.Media;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MediaServiceTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static OnvifDevice device(OnvifCamera camera) {
        return OnvifDevice.read(camera.probeMatch("n", "h").getBytes(StandardCharsets.UTF_8), HERE.getHostAddress())
                .orElseThrow();
    }

    @Test
    void anOpenCameraTellsItsStreams() throws IOException, InterruptedException {
        try (OnvifCamera camera = new OnvifCamera(HERE, Media.OPEN)) {
            OnvifDevice device = device(camera);
            List<OnvifStream> streams = MediaService.streams(List.of(device), Duration.ofSeconds(20))
                    .get(device);
            assertEquals(
                    List.of(
                            new OnvifStream(
                                    "mainStream",
                                    "H264 2560x1440",
                                    "rtsp://127.0.0.1:554/Streaming/Channels/101?transportmode=unicast&profile=1"),
                            new OnvifStream("sub 31m", "", "rtsp://127.0.0.1:554/102")),
                    streams);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Media.class,
            names = {"WANTS_LOGIN", "FAULT", "ENDLESS", "REDIRECTS", "LIES"})
    void oneThatRefusesOrLiesTellsNone(Media media) throws IOException, InterruptedException {
        try (OnvifCamera camera = new OnvifCamera(HERE, media)) {
            OnvifDevice device = device(camera);
            assertEquals(
                    List.of(),
                    MediaService.streams(List.of(device), Duration.ofSeconds(20))
                            .get(device));
        }
    }

    @Test
    void oneThatNeverAnswersDoesNotHoldUpTheOthers() throws IOException, InterruptedException {
        try (OnvifCamera silent = new OnvifCamera(HERE, Media.SILENT);
                OnvifCamera open = new OnvifCamera(HERE, Media.OPEN)) {
            long begin = System.nanoTime();
            var streams = MediaService.streams(List.of(device(silent), device(open)), Duration.ofMillis(1500));
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(20).toNanos());
            assertEquals(List.of(), streams.get(device(silent)));
            assertEquals(2, streams.get(device(open)).size());
        }
    }
}
