package dev.wayside.camera;

import dev.wayside.failure.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The options of a camera's URL, after {@code ?} (local sources) or {@code #} (network sources). */
final class CameraUrlOptions {
    static final String ALLOWED = "allowed are sample, a file, /dev/video0, v4l2:/dev/video0?size=640x480&fps=15,"
            + " rpicam:0?size=640x480&fps=10, rtsp://host/path, http://host/path, https://host/path, snapshot:http://host/picture.jpg and"
            + " images:folder";

    private static final Pattern QUERY = Pattern.compile("[a-z]+=[^?/]*");
    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{1,4}x[1-9]\\d{1,4}");
    private static final Pattern RATE = Pattern.compile("(?!0+(\\.0+)?$)\\d{1,3}(\\.\\d{1,3})?");
    /** Even numbers from 64 to 9998: the chroma of its pictures has half the size. */
    private static final String EVEN = "(?:6[468]|[7-9][02468]|[1-9]\\d{1,2}[02468])";

    private static final Pattern EVEN_SIZE = Pattern.compile(EVEN + "x" + EVEN);
    private static final Pattern CAMERA_RATE =
            Pattern.compile("0\\.[1-9]\\d?|(?:[1-9]\\d?|1[01]\\d)(?:\\.\\d{1,2})?|120");
    private static final Pattern ROTATION = Pattern.compile("0|180");
    private static final Pattern FORMAT = Pattern.compile("[a-z0-9_]{1,20}");
    private static final Pattern TRANSPORT = Pattern.compile("tcp|udp");

    private record Option(Pattern pattern, String allowed) {}

    private static final Map<String, Option> FILE = Map.of("loop", new Option(TRUTH, "true or false"));
    private static final Map<String, Option> IMAGES =
            Map.of("fps", new Option(RATE, "pictures per second, 0.001 to 999, such as 5 or 0.5"));
    private static final Map<String, Option> DEVICE = Map.of(
            "size", new Option(SIZE, "width x height in pixels, such as 640x480"),
            "fps", new Option(RATE, "pictures per second, such as 15"),
            "format", new Option(FORMAT, "a name FFmpeg knows, such as mjpeg, yuyv422 or h264"));
    private static final Map<String, Option> RPICAM = Map.of(
            "size", new Option(EVEN_SIZE, "width x height in pixels, even numbers from 64 to 9998, such as 640x480"),
            "fps", new Option(CAMERA_RATE, "pictures per second, 0.1 to 120, such as 10"),
            "mode", new Option(EVEN_SIZE, "a mode of the sensor that ./wayside cameras lists, such as 1640x1232"),
            "rotation", new Option(ROTATION, "0 or 180 degrees"));
    private static final Map<String, Option> RTSP =
            Map.of("transport", new Option(TRANSPORT, "tcp or udp"), "listen", new Option(TRUTH, "true or false"));

    private CameraUrlOptions() {}

    /**
     * The index of the '?' where the options of a local source begin; -1 if there are none, because a '?' may also
     * belong to a file's name.
     */
    static int start(String text) {
        int mark = text.lastIndexOf('?');
        return mark >= 0 && QUERY.matcher(text.substring(mark + 1)).matches() ? mark : -1;
    }

    /**
     * Reads and checks {@code key=value&key=value}.
     *
     * @param shown the URL for messages, without secrets
     */
    static Map<String, String> read(CameraUrl.Kind kind, String shown, String query) {
        Map<String, Option> known =
                switch (kind) {
                    case SAMPLE, FILE -> FILE;
                    case IMAGES -> IMAGES;
                    case DEVICE -> DEVICE;
                    case RPICAM -> RPICAM;
                    case RTSP -> RTSP;
                    case HTTP, SNAPSHOT -> Map.of();
                };
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            Option option = known.get(key);
            if (option == null) {
                // In the URL of a network camera, it may be the end of a password.
                String named = kind.network() ? "an unknown option" : "the unknown option '" + key + "'";
                throw new InvalidInputException("'" + shown + "' has " + named + "; "
                        + (known.isEmpty()
                                ? "it takes none"
                                : "known here: " + String.join(", ", new TreeSet<>(known.keySet()))));
            }
            if (!option.pattern().matcher(value).matches()) {
                throw new InvalidInputException(
                        "'" + shown + "' has " + key + "=" + value + ", but " + key + " is " + option.allowed());
            }
            if (options.put(key, value) != null) {
                throw new InvalidInputException("'" + shown + "' gives " + key + " twice");
            }
        }
        return Map.copyOf(options);
    }
}
