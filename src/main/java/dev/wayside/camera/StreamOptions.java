package dev.wayside.camera;

import java.util.LinkedHashMap;
import java.util.Map;

/** The options with which FFmpeg opens a URL. */
final class StreamOptions {
    private StreamOptions() {}

    /** The name of the demuxer; null if FFmpeg detects it. */
    static String format(CameraUrl url) {
        return switch (url.kind()) {
            case DEVICE -> "v4l2";
            case RTSP -> "rtsp";
            default -> null;
        };
    }

    /** The options of demuxer and protocol. */
    static Map<String, String> of(CameraUrl url) {
        Map<String, String> options = new LinkedHashMap<>();
        switch (url.kind()) {
            case DEVICE -> {
                put(options, "video_size", url.option("size"));
                put(options, "framerate", url.option("fps"));
                put(options, "input_format", url.option("format"));
            }
            case RTSP -> {
                lowLatency(options);
                options.put("rtsp_transport", url.option("transport") == null ? "tcp" : url.option("transport"));
                // Audio would only be discarded.
                options.put("allowed_media_types", "video");
                if (Boolean.parseBoolean(url.option("listen"))) {
                    options.put("rtsp_flags", "listen");
                    // In seconds. FFmpeg 8.1 refuses its own default (-1, forever); the stall timeout ends the wait.
                    options.put("listen_timeout", "86400");
                }
            }
            case HTTP -> {
                lowLatency(options);
                options.putAll(http());
            }
            // A file, such as a playlist, must not cause connections to be opened.
            default -> options.put("protocol_whitelist", "file,crypto,data");
        }
        return options;
    }

    /** The options of an HTTP connection. */
    static Map<String, String> http() {
        // A server must not cause files to be opened.
        return Map.of("protocol_whitelist", "http,https,httpproxy,tcp,tls,crypto,data");
    }

    private static void lowLatency(Map<String, String> options) {
        options.put("fflags", "nobuffer");
        options.put("probesize", "1000000");
        options.put("analyzeduration", "1000000");
    }

    private static void put(Map<String, String> options, String key, String value) {
        if (value != null) {
            options.put(key, value);
        }
    }
}
