package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of JPEGs over HTTP as cameras send them, not as RFC 2046 defines them: what browsers show must work. */
class LooseStreamIT {
    private static final byte[] PICTURE = Pictures.jpeg(160, 120);
    private static final String MIXED = "multipart/x-mixed-replace";

    /** In the text before and after each picture, {@code ;} stands for a comma and {@code |} for a line end. */
    private static RawHttpServer.Answer stream(String type, String before, String after) {
        return (request, out) -> {
            write(out, "HTTP/1.0 200 OK\r\n" + (type == null ? "" : "Content-Type: " + type + "\r\n") + "\r\n");
            while (true) {
                write(out, lines(before));
                out.write(PICTURE);
                write(out, lines(after));
                out.flush();
                LockSupport.parkNanos(20_000_000);
            }
        };
    }

    private static String lines(String text) {
        return text == null ? "" : text.replace("|", "\r\n").replace("~", "\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "by the book, multipart/x-mixed-replace; boundary=b, --b|Content-Type: image/jpeg||, |",
        "no boundary before the first part, multipart/x-mixed-replace; boundary=b, Content-Type: image/jpeg||, |--b|",
        "boundary line twice, multipart/x-mixed-replace; boundary=b, --b|--b|Content-Type: image/jpeg||, |",
        "quoted boundary, 'multipart/x-mixed-replace; boundary=\"b\"', --b|Content-Type: image/jpeg||, |",
        "dashes in the header, multipart/x-mixed-replace; boundary=--b, --b|Content-Type: image/jpeg||, |",
        "dashes that the body lacks, multipart/x-mixed-replace; boundary=--b, b|Content-Type: image/jpeg||, |",
        "another boundary than announced, multipart/x-mixed-replace; boundary=a, --b|Content-Type: image/jpeg||, |",
        "no boundary announced, multipart/x-mixed-replace, --b|Content-Type: image/jpeg||, |",
        "no content type, , --b|Content-Type: image/jpeg||, |",
        "empty lines before, , ||--b|Content-Type: image/jpeg||, ||",
        "parts without a head, multipart/x-mixed-replace; boundary=b, --b||, |",
        "parts without a content type, multipart/x-mixed-replace; boundary=b, --b|Content-Length: 3||, |",
        "bare line feeds, multipart/x-mixed-replace; boundary=b, --b~Content-Type: image/jpeg~~, ~",
        "a wrong length, multipart/x-mixed-replace; boundary=b, --b|Content-Type: image/jpeg|Content-Length: 7||, |",
        "upper case, Multipart/X-Mixed-Replace;boundary=b, --b|CONTENT-TYPE:IMAGE/JPG||, |",
        "JPEG after JPEG, video/x-motion-jpeg, , ",
        "JPEG after JPEG as one, image/jpeg, , ",
        "JPEG after JPEG with filling, video/mjpeg, , ||",
        "JPEG after JPEG of no type, , , ",
        "JPEG after JPEG of any type, application/octet-stream, , ",
    })
    void showsWhatBrowsersShow(String what, String type, String before, String after) {
        try (RawHttpServer server = new RawHttpServer(stream(type, before, after));
                TestCamera camera = new TestCamera("http://" + server.at("/video"))) {
            camera.awaitFrames(10);
            assertEquals(
                    "160x120", camera.status().width() + "x" + camera.status().height());
            assertEquals(0, camera.status().reconnects(), what);
            assertEquals(1, server.requests(), what);
        }
    }

    @ParameterizedTest
    @CsvSource({"image/jpeg, 1", "image/jpeg, 0", "application/octet-stream, 1", "application/octet-stream, 0"})
    void namesSnapshotWhenTheServerReturnsOnePicturePerRequest(String type, int announced) {
        RawHttpServer.Answer still = (request, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n");
            write(out, announced == 1 ? "Content-Length: " + PICTURE.length + "\r\n\r\n" : "\r\n");
            out.write(PICTURE);
            out.flush();
            throw new IOException("closed");
        };
        try (RawHttpServer server = new RawHttpServer(still);
                TestCamera camera = new TestCamera("http://u:hunter2@" + server.at("/pic.jpg?token=hunter2"))) {
            CameraStatus status = camera.awaitReason("returns one picture per request, which is not a stream: write"
                    + " snapshot:http://***@" + server.at("/pic.jpg?token=***"));
            assertEquals(0, status.frames());
        }
    }

    @Test
    void playsARecordingOfKnownLength() throws IOException {
        ByteArrayOutputStream recording = new ByteArrayOutputStream();
        for (int picture = 0; picture < 5; picture++) {
            recording.write(PICTURE);
        }
        RawHttpServer.Answer answer = (request, out) -> {
            RawHttpServer.whole(out, "200 OK", "Content-Type: video/x-motion-jpeg\r\n", recording.toByteArray());
            out.flush();
            throw new IOException("closed");
        };
        try (RawHttpServer server = new RawHttpServer(answer);
                TestCamera camera = new TestCamera("http://" + server.at("/recording"))) {
            camera.awaitFrames(10);
            camera.awaitReason(server.at("") + " closed the connection");
        }
    }

    @Test
    void rotatesPicturesByTheirExif() throws Exception {
        byte[] sideways = Pictures.withOrientation(PICTURE, 6);
        RawHttpServer.Answer answer = (request, out) -> {
            write(out, "HTTP/1.0 200 OK\r\nContent-Type: " + MIXED + "\r\n\r\n");
            while (true) {
                write(out, "--b\r\n\r\n");
                out.write(sideways);
                out.flush();
                LockSupport.parkNanos(20_000_000);
            }
        };
        try (RawHttpServer server = new RawHttpServer(answer);
                TestCamera camera = new TestCamera("http://" + server.at("/video"))) {
            camera.awaitFrames(1);
            assertEquals(
                    "120x160", camera.status().width() + "x" + camera.status().height());
        }
    }

    @Test
    void reportsAStreamWithoutPictures() {
        RawHttpServer.Answer text = (request, out) -> {
            write(out, "HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\n\r\n<html>log in first</html>");
            out.flush();
            throw new IOException("closed");
        };
        try (RawHttpServer server = new RawHttpServer(text);
                TestCamera camera = new TestCamera("http://" + server.at("/video"))) {
            camera.awaitReason("answers, but not with a video that FFmpeg can read");
        }
    }
}
