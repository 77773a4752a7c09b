package dev.wayside.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The device, and where its pictures come from. */
public final class CameraKeys {
    static final KeyGroup GROUP = new KeyGroup("Device and cameras");

    private static final Type<Duration> SECONDS_TO_HOUR = Type.duration(Duration.ofSeconds(1), Duration.ofHours(1));

    public static final Key<Optional<String>> DEVICE = GROUP.key(
            "device",
            Type.name().or("auto"),
            "auto",
            "this device's name in ids and topics; `auto` is the host's name up to the first dot, other characters replaced by `-`. Give each device its own");

    public static final Key<List<String>> CAMERAS =
            GROUP.key("cameras", Type.names(), "front", "the cameras' names, in topics and on the page");

    public static final Key<String> URL = GROUP.key(
            "camera.url",
            Type.source(
                    "`sample`, a file, `/dev/videoN`, `v4l2:/dev/videoN`, `rtsp://…`, `http://…`, `snapshot:http://…` or `images:DIRECTORY`"),
            "sample",
            "where pictures come from, see [cameras.md](cameras.md)");

    public static final Key<Optional<Duration>> PERIOD = GROUP.key(
            "camera.period",
            Type.duration(Duration.ofMillis(20), Duration.ofDays(1)).or("auto"),
            "auto",
            "time from one analysed frame to the next; `auto` is `200ms` for `sample`, `1s` otherwise. When detection takes longer than that, it sets the pace");

    public static final Key<Duration> STALL_TIMEOUT = GROUP.key(
            "camera.stall-timeout",
            SECONDS_TO_HOUR,
            "10s",
            "how long a camera may give no new picture before it is reported and opened again; also the longest wait for a connection");

    public static final Key<Duration> RETRY_MIN = GROUP.key(
            "camera.retry-min",
            SECONDS_TO_HOUR,
            "1s",
            "first wait before a lost camera is tried again, doubled with each failure; at most `camera.retry-max`");

    public static final Key<Duration> RETRY_MAX =
            GROUP.key("camera.retry-max", SECONDS_TO_HOUR, "30s", "the longest such wait");

    /** Those that may also be set for one camera, as {@code camera.<name>.<rest>}. */
    static final List<Key<?>> PER_CAMERA = List.of(URL, PERIOD, STALL_TIMEOUT, RETRY_MIN, RETRY_MAX);

    /** The same key of one camera. */
    public static <T> Key<T> of(String camera, Key<T> common) {
        String prefix = URL.name().substring(0, URL.name().indexOf('.') + 1);
        return common.named(prefix + camera + "." + common.name().substring(prefix.length()));
    }

    private CameraKeys() {}
}
