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
        "rpicam:0, RPICAM, 0",
        "RPICAM:1?size=1280x720&fps=0.5&rotation=180&mode=1640x1232, RPICAM, 1",
        "rtsp://cam/live, RTSP, rtsp://cam/live",
        "RTSPS://cam:322/live, RTSP, rtsps://cam:322/live",
        "rtsp://u:p%40ss@cam:554/live#transport=udp, RTSP, rtsp://u:p%40ss@cam:554/live",
        "http://cam/stream.mjpg?channel=1, HTTP, http://cam/stream.mjpg?channel=1",
        "https://[fe80::1]:8443/x, HTTP, https://[fe80::1]:8443/x",
        "snapshot:http://cam/pic.jpg, SNAPSHOT, http://cam/pic.jpg",
        "SNAPSHOT:https://u:p@cam:8443/pic?x=1, SNAPSHOT, https://u:p@cam:8443/pic?x=1",
        "rtsp://u:pa:ss@[2001:db8::7]:554/live, RTSP, rtsp://u:pa:ss@[2001:db8::7]:554/live",
        "rtsp://[fe80::1%25eth0]/live, RTSP, rtsp://[fe80::1%eth0]/live",
        "rtsp://ip_camera_1:8554/live, RTSP, rtsp://ip_camera_1:8554/live",
        // Characters that would end the URL in FFmpeg's log before the end of a secret.
        "rtsp://u:p\"'<é@cam/x?a='b', RTSP, rtsp://u:p%22%27%3C%C3%A9@cam/x?a=%27b%27",
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
    void takesASchemeInCapitalsWhichFFmpegDoesNotKnow() {
        assertEquals("rtsp://Cam/Live", parse("RTSP://Cam/Live").location());
        assertEquals("http://cam/x", parse("Http://cam/x").location());
        assertEquals("https", parse("snapshot:HTTPS://cam/x").network().scheme());
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
                "rpicam: | names no camera: write its number, 0 to 9",
                "rpicam:imx219 | ./wayside cameras lists the cameras",
                "rpicam:10 | names no camera",
                "rpicam://0 | unsupported scheme",
                "rpicam:0?size=641x480 | even numbers from 64 to 9998",
                "rpicam:0?size=62x480 | even numbers from 64 to 9998",
                "rpicam:0?size=10000x480 | even numbers from 64 to 9998",
                "rpicam:0?size | has size=, but size is width x height",
                "rpicam:0?fps=0 | 0.1 to 120",
                "rpicam:0?fps=121 | 0.1 to 120",
                "rpicam:0?fps=0.05 | 0.1 to 120",
                "rpicam:0?rotation=90 | 0 or 180 degrees",
                "rpicam:0?mode=best | a mode of the sensor",
                "rpicam:0?fps=10&fps=5 | twice",
                "rpicam:0?fps=10 --output /etc/passwd | 0.1 to 120",
                "rpicam:0?codec=h264 | known here: fps, mode, rotation, size",
                "rtsp:///live | host",
                "rtsp://cam:0/live | port",
                "rtsp://cam:99999/live | port",
                "rtsp://cam/live#transport=smoke | tcp or udp",
                "http://cam/x#transport=udp | it takes none",
                "http://ca m/x | host",
                "rtsp://fe80::1/live | and an IPv6 address in [ ]",
                "rtsp://[:]/live | it needs a host",
                "http://[1::2::3]/x | it needs a host",
                "snapshot:http://[127.0.0.1]/x | it needs a host",
                "rtsp://cam/a@b | Write an @ elsewhere as %40",
                "snapshot:rtsp://cam/x | is not a URL: write it like",
                "snapshot:/data/pic.jpg | snapshot:http://host/path",
                "rtsp:/cam/live | is not a URL: write it like",
                "http//cam/live | is not a URL: write it like",
                "snapshot:http://cam/x#transport=udp | it takes none",
            })
    void refusesWithASentence(String value, String says) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> parse(value));
        assertTrue(refusal.getMessage().contains(says), refusal.getMessage());
    }

    @Test
    void refusesAnEmptyUrlAndNamesTheAllowedForms() {
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
        "http://cam/x?password=hunter2&pwd=hunter2&pass=hunter2&width=640,"
                + " http://cam/x?password=***&pwd=***&pass=***&width=640",
        "http://cam/x?channel=1;password=hunter2, http://cam/x?channel=***",
        "snapshot:http://u:hunter2@cam/x?token=hunter2, snapshot:http://***@cam/x?token=***",
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
                "rtsp://u:hun/ter2@cam/x",
                "rtsp://u:hun@ter2@cam/x",
                "rtsp://u:hun@ter/2hun@cam/x",
                "rtsp://u:hun%ter2@cam/x",
                "rtsp://u:hunter2%@cam/x",
                "rtsp://u:12/hunter2@cam/x",
                "rtsp://hun/ter:hunter2@cam/x",
                "rtsp://hun#ter:hunter2@[::1]:554/x",
                "http://u:hun?ter2@cam_1/x",
                "snapshot:http://u:hun/ter2@cam/x",
                "snapshot:ftp://u:hunter2@cam/x",
                "rtsp://u:hunter2@",
                "rtsp://u:hunter2",
                "rtsp://u:hunter2:554/x",
                "rtsp://u:hunter2@cam/x#oops=1",
                "rtsp://cam/x?pwd=secret#hunter2",
                "http://cam/x#hunter2",
                "ftp://u:hunter2@cam/x",
                "ftp://u:hunter2",
                "rtsp://u:hunter2@@@/x",
                "rtsp://u:hunter2 @cam/x",
                "rtsp:/u:hunter2@cam/x",
                "rtsp:u:hunter2@cam/x",
                "http//u:hunter2@cam/x",
                "u:hunter2@cam/x",
                "u:hunter2@cam:554",
            })
    void refusalsShowNoSecret(String value) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> parse(value));
        assertFalse(refusal.getMessage().contains("ter2"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("hun"), refusal.getMessage());
    }

    @Test
    void aSlashInAPasswordIsExplainedWithPercentEncoding() {
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> parse("rtsp://admin:p@ss/word@127.0.0.1:1/live"));
        assertEquals(
                "'rtsp://…' is not a valid URL: it needs a host and may have a port from 1 to 65535, like"
                        + " rtsp://user:password@host:554/path. In user and password, percent-encode / ? # @ : % and"
                        + " spaces (%2F %3F %23 %40 %3A %25 %20). Write an @ elsewhere as %40, too, and an IPv6 address"
                        + " in [ ]",
                refusal.getMessage());
    }

    @Test
    void filesWithSuchNamesAreStillFiles() {
        assertEquals(Kind.FILE, parse("./u:p@cam.mp4").kind());
        assertEquals(Kind.FILE, parse("/data/10:30@yard.mp4").kind());
        assertEquals(Kind.FILE, parse("yard@home.mp4").kind());
    }

    @Test
    void hidesSecretsInOtherTexts() {
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
