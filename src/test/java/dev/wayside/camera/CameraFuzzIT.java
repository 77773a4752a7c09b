package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.frame.FrameScaler;
import dev.wayside.frame.PixelLayout;
import dev.wayside.frame.VideoFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged streams of every kind: whatever a camera sends, reading it neither crashes nor hangs, and it ends with a
 * reason. A seed always produces the same damage; seeds that once failed are tried first.
 */
class CameraFuzzIT {
    private static final Duration BUDGET = Duration.ofMillis(3500);
    /** Far longer than any attempt takes. */
    private static final Duration HANGS = Duration.ofSeconds(20);

    private static final int ENOUGH = 3;
    private static final long[] KEPT = {};

    private final FrameScaler scaler = new FrameScaler(PixelLayout.RGB);
    private final BytePointer pixels = new BytePointer(300 * 300 * 3 + 64);

    @TempDir
    Path folder;

    @BeforeAll
    static void load() throws CameraFailure {
        FFmpegLibraries.load();
    }

    @AfterEach
    void free() {
        scaler.close();
        pixels.close();
    }

    /** Tries one damaged source after the other while there is time. */
    private static void fuzz(LongFunction<String> attempt) {
        long end = System.nanoTime() + BUDGET.toNanos();
        LongStream.concat(LongStream.of(KEPT), LongStream.rangeClosed(1, 100_000))
                .takeWhile(seed -> System.nanoTime() < end)
                .forEach(seed -> {
                    long begin = System.nanoTime();
                    String reason = attempt.apply(seed);
                    assertNotNull(reason, "seed " + seed);
                    assertFalse(reason.isBlank() || reason.contains("internal error"), "seed " + seed + ": " + reason);
                    assertTrue(System.nanoTime() - begin < HANGS.toNanos(), "seed " + seed + " hangs");
                });
    }

    /** One attempt at a network camera, to its end. */
    private String read(String url) {
        CameraSettings settings = new CameraSettings(
                "front",
                CameraUrl.parse(url, TestCamera.HOME),
                Duration.ofMillis(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        AtomicInteger pictures = new AtomicInteger();
        CameraReader.FrameConsumer consumer = (from, picture, rate) -> {
            show(picture);
            // A source whose damage has no effect would be read forever.
            if (pictures.incrementAndGet() == ENOUGH) {
                from.cancel();
            }
        };
        CameraReader reader = new CameraReader(settings, settings::period, consumer, notice -> {});
        reader.start();
        try {
            String reason = reader.awaitEnd().getMessage();
            reader.cancel();
            reader.join(HANGS);
            assertFalse(reader.alive(), "the reader's thread hangs after: " + reason);
            return reason;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does with a picture what detection does. */
    private void show(AVFrame picture) {
        try (VideoFrame frame = VideoFrame.reference(picture, Instant.EPOCH, 1)) {
            scaler.scale(frame, pixels, 300, 300, 900);
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int times = random.nextInt(8); times >= 0; times--) {
            // The headers are near the beginning.
            int reach = random.nextBoolean() ? Math.min(1000, bytes.length) : bytes.length;
            int at = random.nextInt(reach);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(64));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = joined(bytes, 0, at, bytes, at + length, bytes.length);
                case 3 -> bytes = joined(bytes, 0, at + length, bytes, at, bytes.length);
                default -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
            }
            if (bytes.length == 0) {
                return whole;
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, int from, int to, byte[] second, int begin, int end) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first, from, to - from);
        all.write(second, begin, end - begin);
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "snapshot:http://"})
    void damagedAnswersOfHttpCameras(String scheme) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(ascii("HTTP/1.1 200 OK\r\nContent-Type: "
                + (scheme.startsWith("http") ? "multipart/x-mixed-replace;boundary=b" : "image/jpeg") + "\r\n\r\n"));
        for (int i = 0; i < 3; i++) {
            whole.writeBytes(
                    scheme.startsWith("http") ? ascii("--b\r\nContent-Type: image/jpeg\r\n\r\n") : new byte[0]);
            whole.writeBytes(Pictures.withOrientation(Pictures.jpeg(64, 48), i + 5));
        }
        byte[][] next = {whole.toByteArray()};
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            out.write(next[0]);
            out.flush();
            throw new IOException("closed");
        })) {
            fuzz(seed -> {
                next[0] = damaged(whole.toByteArray(), new Random(seed));
                return read(scheme + server.at("/video"));
            });
        }
    }

    @Test
    void damagedAnswersOfRtspCameras() {
        H264Clip clip = H264Clip.read(TestCamera.HOME.resolve("samples/street.mp4"));
        Random[] next = {new Random()};
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            byte[] answer = rtsp(clip, request);
            out.write(next[0].nextBoolean() ? answer : damaged(answer, next[0]));
            out.flush();
            if (request.startsWith("PLAY")) {
                throw new IOException("closed");
            }
        })) {
            server.closeIdleConnectionsAfter(Duration.ofMillis(100));
            fuzz(seed -> {
                next[0] = new Random(seed);
                return read("rtsp://" + server.at("/live"));
            });
        }
    }

    private static byte[] rtsp(H264Clip clip, String request) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        String sequence = request.replaceAll("(?s).*CSeq: (\\d+).*", "$1");
        String head = "RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\nSession: 1\r\n";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        switch (request.split(" ")[0]) {
            case "DESCRIBE" -> {
                String sdp = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
                        + "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;sprop-parameter-sets="
                        + base64.encodeToString(clip.sps()) + "," + base64.encodeToString(clip.pps())
                        + "\r\na=control:track1\r\n";
                answer.writeBytes(ascii(
                        head + "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp));
            }
            case "SETUP" -> answer.writeBytes(ascii(head + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n"));
            case "PLAY" -> {
                answer.writeBytes(ascii(head + "\r\n"));
                RtpPacketizer packets = new RtpPacketizer(answer);
                for (int picture = 0; picture < 5; picture++) {
                    packets.send(clip.pictures().get(picture), picture * 3600);
                }
            }
            default -> answer.writeBytes(ascii(head + "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n"));
        }
        return answer.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mov", "mpegts"})
    void damagedFiles(String format) throws IOException {
        Path file = folder.resolve("clip");
        int[] pictures = {0};
        assertTrue(Remux.sample(format, file.toString(), () -> pictures[0]++ < 10));
        byte[] whole = Files.readAllBytes(file);
        fuzz(seed -> {
            try {
                Files.write(file, damaged(whole, new Random(seed)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return play(file);
        });
    }

    /** Without a camera's pace. */
    private String play(Path file) {
        try (FrameSource source = TestCamera.open(file.toString(), new Deadline(HANGS))) {
            for (int picture = 0; picture < 100; picture++) {
                show(source.next());
            }
            return "plays on";
        } catch (CameraFailure e) {
            return e.getMessage();
        }
    }
}
