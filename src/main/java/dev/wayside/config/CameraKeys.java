package dev.wayside.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The device and its cameras. */
public final class CameraKeys {
    static final KeyGroup GROUP = new KeyGroup("Device and cameras");

    private static final Type<Duration> SECONDS_TO_HOUR = Type.duration(Duration.ofSeconds(1), Duration.ofHours(1));

    public static final Key<Optional<String>> DEVICE = GROUP.key(
            "device",
            Type.name().or("auto"),
            "auto",
            "this device's name in ids and topics, unique for each device; `auto` is the host name up to the first dot, with `-` in place of characters that are not allowed");

    public static final Key<List<String>> CAMERAS = GROUP.key(
            "cameras",
            Type.namesOrNone(),
            "front",
            "the cameras' names in topics and on the page; `none` runs routes without a camera and without a model");

    public static final Key<String> URL = GROUP.key(
            "camera.url",
            Type.source(
                    "`sample`, a file, `/dev/videoN`, `v4l2:/dev/videoN`, `rpicam:N`, `rtsp://…`, `http://…`, `snapshot:http://…` or `images:DIRECTORY`"),
            "sample",
            "the source of the camera's pictures, see [cameras.md](cameras.md)");

    public static final Key<Optional<Duration>> PERIOD = GROUP.changeable(
            "camera.period",
            Type.duration(Duration.ofMillis(20), Duration.ofDays(1)).or("auto"),
            "auto",
            "time between two analysed frames; `auto` is `200ms` for `sample`, `1s` otherwise. If detection takes longer, frames are analysed as fast as detection allows");

    public static final Key<Duration> STALL_TIMEOUT = GROUP.key(
            "camera.stall-timeout",
            SECONDS_TO_HOUR,
            "10s",
            "how long a camera may deliver no new picture before Wayside reports it and reconnects; also the connection timeout");

    public static final Key<Duration> RETRY_MIN = GROUP.key(
            "camera.retry-min",
            SECONDS_TO_HOUR,
            "1s",
            "the wait before the first retry of a failed camera, doubled after each failure up to `camera.retry-max`");

    public static final Key<Duration> RETRY_MAX =
            GROUP.key("camera.retry-max", SECONDS_TO_HOUR, "30s", "the maximum wait between two retries");

    /** The keys that can also be set for a single camera, as {@code camera.<name>.<rest>}. */
    static final List<Key<?>> PER_CAMERA = List.of(URL, PERIOD, STALL_TIMEOUT, RETRY_MIN, RETRY_MAX);

    /** This key for a single camera. */
    public static <T> Key<T> of(String camera, Key<T> common) {
        String prefix = URL.name().substring(0, URL.name().indexOf('.') + 1);
        return common.named(prefix + camera + "." + common.name().substring(prefix.length()));
    }

    private CameraKeys() {}
}
