package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.camera.CameraUrl.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraUrlTest {
    private static final Path HOME = Path.of("/opt/wayside");

    private static CameraUrl parse(String value) {
        return CameraUrl.parse(value, HOME);
    }

    @ParameterizedTest
    @CsvSource({
        "sample, SAMPLE, /opt/wayside/samples/street.mp4",
        "/data/yard.mp4, FILE, /data/yard.mp4",
        "/data/yard.mp4?loop=true, FILE, /data/yard.mp4",
        "/data/what?.mp4, FILE, /data/what?.mp4",
        "/dev/shm/yard.mp4, FILE, /dev/shm/yard.mp4",
        "/dev/video0, DEVICE, /dev/video0",
        "/dev/video2?fps=15, DEVICE, /dev/video2",
        "v4l2:/dev/video0?size=640x480&fps=15, DEVICE, /dev/video0",
        "v4l2:/dev/v4l/by-id/usb-cam, DEVICE, /dev/v4l/by-id/usb-cam",
        "rtsp://cam/live, RTSP, rtsp://cam/live",
        "RTSPS://cam:322/live, RTSP, RTSPS://cam:322/live",
        "rtsp://u:p%40ss@cam:554/live#transport=udp, RTSP, rtsp://u:p%40ss@cam:554/live",
        "http://cam/stream.mjpg?channel=1, HTTP, http://cam/stream.mjpg?channel=1",
        "https://[fe80::1]:8443/x, HTTP, https://[fe80::1]:8443/x",
        "images:/data/pictures, IMAGES, /data/pictures",
        "images:/data/pictures?fps=2.5, IMAGES, /data/pictures",
    })
    void readsEveryForm(String value, Kind kind, String location) {
        CameraUrl url = parse(value);
        assertEquals(kind, url.kind());
        assertEquals(location, url.location());
    }

    @Test
    void takesRelativePathsFromTheWorkingDirectory() {
        assertEquals(Path.of("yard.mp4").toAbsolutePath(), parse("yard.mp4").path());
        assertEquals(
                Path.of("pictures").toAbsolutePath(), parse("images:pictures").path());
    }

    @Test
    void loopsSampleAndPicturesAndFilesOnlyWhenAsked() {
        assertTrue(parse("sample").loops());
        assertTrue(parse("images:/x").loops());
        assertTrue(parse("/x.mp4?loop=true").loops());
        assertFalse(parse("/x.mp4?loop=false").loops());
        assertFalse(parse("/x.mp4").loops());
        assertFalse(parse("rtsp://cam/x").loops());
    }

    @Test
    void keepsOptions() {
        CameraUrl url = parse("v4l2:/dev/video0?size=640x480&fps=15&format=mjpeg");
        assertEquals("640x480", url.option("size"));
        assertEquals("15", url.option("fps"));
        assertEquals("mjpeg", url.option("format"));
        assertNull(url.option("loop"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://cam/x | scheme",
                "images: | no path",
                "v4l2: | no path",
                "images:/x?fps=0 | fps=0",
                "images:/x?fps=fast | fps=fast",
                "images:/x?speed=1 | unknown option 'speed'; known here: fps",
                "/dev/video0?size=640 | size=640",
                "/dev/video0?size=640x480&size=320x240 | twice",
                "/dev/video0?brightness=3 | known here: format, fps, size",
                "x.mp4?loop=yes | true or false",
                "rtsp:///live | host",
                "rtsp://cam:0/live | port",
                "rtsp://cam:99999/live | port",
                "rtsp://cam/live#transport=smoke | tcp or udp",
                "http://cam/x#transport=udp | it takes none",
                "http://ca m/x | host",
            })
    void refusesWithASentence(String value, String says) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> parse(value));
        assertTrue(refusal.getMessage().contains(says), refusal.getMessage());
    }

    @Test
    void refusesNothingAtAllByNamingWhatIsAllowed() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> parse("  "));
        assertTrue(refusal.getMessage().contains("sample, a file, /dev/video0"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://admin:hunter2@cam:554/live, rtsp://***@cam:554/live",
        "rtsp://admin:hun/ter2@cam/live#transport=udp, ",
        "rtsp://hunter2@cam/live, rtsp://***@cam/live",
        "http://cam/x?channel=1&token=hunter2, http://cam/x?channel=1&token=***",
        "http://cam/x?hunter2, http://cam/x?***",
        "http://cam/x?CHANNEL=2&a=hunter2, http://cam/x?CHANNEL=2&a=***",
        "rtsp://cam/user=admin&password=hunter2&channel=1, rtsp://cam/***",
        "rtsp://u:hunter2@cam/x#transport=udp, rtsp://***@cam/x#transport=udp",
        "http://cam/x, http://cam/x",
    })
    void showsNoSecret(String value, String shown) {
        if (shown == null) {
            Exception refusal = assertThrows(IllegalArgumentException.class, () -> parse(value));
            assertFalse(refusal.getMessage().contains("ter2"), refusal.getMessage());
            assertFalse(refusal.getMessage().contains("admin"), refusal.getMessage());
        } else {
            assertEquals(shown, parse(value).redacted());
            assertEquals(shown, parse(value).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://u:hunter2@cam:nan/x",
                "rtsp://u:hun#ter2@cam/x",
                "rtsp://u:hun?ter2@cam/x",
                "rtsp://u:hunter2@",
                "rtsp://u:hunter2@cam/x#oops=1",
                "ftp://u:hunter2@cam/x",
                "rtsp://u:hunter2@@@/x",
                "rtsp://u:hunter2 @cam/x",
            })
    void refusalsShowNoSecret(String value) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> parse(value));
        assertFalse(refusal.getMessage().contains("ter2"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("hun"), refusal.getMessage());
    }

    @Test
    void hidesSecretsInForeignText() {
        assertEquals(
                "Opening 'http://***@cam/x?key=***' for reading",
                Redaction.text("Opening 'http://u:hunter2@cam/x?key=hunter2' for reading"));
        assertFalse(Redaction.text("Authorization: Basic aHVudGVyMg==").contains("aHVu"));
    }

    @Test
    void equalUrlsAreEqual() {
        assertEquals(parse("rtsp://u:p@cam/x"), parse("rtsp://u:p@cam/x"));
        assertEquals(
                parse("rtsp://u:p@cam/x").hashCode(), parse("rtsp://u:p@cam/x").hashCode());
        assertFalse(parse("rtsp://u:p@cam/x").equals(parse("rtsp://u:q@cam/x")));
    }
}
