package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamOptionsTest {
    private static CameraUrl url(String value) {
        return CameraUrl.parse(value, Path.of("/opt/wayside"));
    }

    @Test
    void passesTheUrlsOptionsToADevice() {
        CameraUrl device = url("v4l2:/dev/video0?size=640x480&fps=15&format=mjpeg");
        assertEquals("v4l2", StreamOptions.format(device));
        assertEquals(
                Map.of("video_size", "640x480", "framerate", "15", "input_format", "mjpeg"), StreamOptions.of(device));
    }

    @Test
    void passesNoOptionThatTheUrlLacks() {
        assertEquals(Map.of(), StreamOptions.of(url("/dev/video0")));
    }

    @Test
    void readsRtspOverTcpUnlessToldOtherwise() {
        assertEquals("tcp", StreamOptions.of(url("rtsp://cam/x")).get("rtsp_transport"));
        assertEquals("udp", StreamOptions.of(url("rtsp://cam/x#transport=udp")).get("rtsp_transport"));
        assertNull(StreamOptions.of(url("rtsp://cam/x")).get("rtsp_flags"));
        assertEquals(
                "listen",
                StreamOptions.of(url("rtsp://0.0.0.0:8554/x#listen=true")).get("rtsp_flags"));
    }

    @Test
    void aFileCannotOpenConnections() {
        assertEquals("file,crypto,data", StreamOptions.of(url("/x.m3u8")).get("protocol_whitelist"));
    }
}
