package dev.wayside.camera;

import dev.wayside.failure.InvalidInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source of a camera's pictures: a parsed and checked value of {@code camera.url}.
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><td>{@code sample}</td><td>the built-in street clip, looped at its own pace</td></tr>
 * <tr><td>{@code yard.mp4}, {@code yard.mp4?loop=true}</td><td>a video file at its own pace, once or looped. The
 *     end of the file counts as a failure of the camera: it plays again after the retry pause</td></tr>
 * <tr><td>{@code /dev/video0}, {@code v4l2:/dev/video0?size=640x480&fps=15&format=mjpeg}</td><td>a camera on USB or CSI</td></tr>
 * <tr><td>{@code rpicam:0}, {@code rpicam:0?size=640x480&fps=10&rotation=180}</td><td>the Raspberry Pi's own camera,
 *     through rpicam-vid</td></tr>
 * <tr><td>{@code rtsp://user:password@host:554/path}</td><td>a network camera over TCP; {@code #transport=udp} at the end
 *     chooses UDP, {@code #listen=true} waits for the camera to push</td></tr>
 * <tr><td>{@code http://host/stream.mjpg}</td><td>MJPEG over HTTP or HTTPS</td></tr>
 * <tr><td>{@code snapshot:http://host/picture.jpg}</td><td>a camera that returns one picture per request, which is
 *     requested every period</td></tr>
 * <tr><td>{@code images:DIR}, {@code images:DIR?fps=5}</td><td>the .jpg, .jpeg and .png of a folder in name order, looped,
 *     1 per second unless told otherwise</td></tr>
 * </table>
 *
 * <p>Its printed forms ({@link #redacted()}, {@link #toString()}) contain no user, password or other secret.
 */
public final class CameraUrl {
    /** What kind of source it is. */
    public enum Kind {
        /** The built-in clip. */
        SAMPLE,
        /** A video file. */
        FILE,
        /** A Video4Linux device. */
        DEVICE,
        /** The Raspberry Pi's own camera. */
        RPICAM,
        /** An RTSP stream. */
        RTSP,
        /** An HTTP or HTTPS stream. */
        HTTP,
        /** One picture per HTTP or HTTPS request. */
        SNAPSHOT,
        /** A folder of pictures. */
        IMAGES;

        /** Whether pictures arrive at the source's own pace, so that the reader need not pace them. */
        boolean live() {
            return this == DEVICE || this == RPICAM || network();
        }

        /** Whether another machine provides the pictures. */
        boolean network() {
            return this == RTSP || this == HTTP || this == SNAPSHOT;
        }
    }

    private static final String SNAPSHOT = "snapshot:";
    private static final String RPICAM = "rpicam:";
    private static final Pattern SCHEME_WITHOUT_SLASHES = Pattern.compile("(?i)(rtsps?|https?|snapshot)(:|//).*");
    private static final Pattern USER_WITHOUT_SCHEME = Pattern.compile("[^/.:@][^/:@]*:[^@]*@.*");

    private static final Pattern CAMERA_NUMBER = Pattern.compile("[0-9]");

    private final Kind kind;
    private final NetworkUrl network;
    private final String location;
    private final String redacted;
    private final Map<String, String> options;

    private CameraUrl(Kind kind, NetworkUrl network, String location, String redacted, Map<String, String> options) {
        this.kind = kind;
        this.network = network;
        this.location = location;
        this.redacted = redacted;
        this.options = options;
    }

    /**
     * Parses a value of {@code camera.url}. Opens nothing: a file may appear later.
     *
     * @param value the value as configured
     * @param home the folder Wayside is installed in, where {@code samples/street.mp4} is
     * @throws InvalidInputException if it has none of the forms; the message says what is allowed and contains no secret
     */
    public static CameraUrl parse(String value, Path home) {
        String text = value.strip();
        if (text.isEmpty()) {
            throw new InvalidInputException("the camera's url is empty: " + CameraUrlOptions.ALLOWED);
        }
        if (text.equals("sample")) {
            String clip = home.resolve("samples").resolve("street.mp4").toString();
            return new CameraUrl(Kind.SAMPLE, null, clip, text, Map.of("loop", "true"));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("rtsp://") || lower.startsWith("rtsps://")) {
            return network(Kind.RTSP, "", text);
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return network(Kind.HTTP, "", text);
        }
        if (lower.startsWith(SNAPSHOT + "http://") || lower.startsWith(SNAPSHOT + "https://")) {
            return network(Kind.SNAPSHOT, SNAPSHOT, text.substring(SNAPSHOT.length()));
        }
        refuseOtherUrls(text);
        if (lower.startsWith("images:")) {
            return local(Kind.IMAGES, text, text.substring("images:".length()));
        }
        if (lower.startsWith("v4l2:")) {
            return local(Kind.DEVICE, text, text.substring("v4l2:".length()));
        }
        if (lower.startsWith(RPICAM)) {
            return rpicam(text);
        }
        boolean device = text.startsWith("/dev/") && !text.startsWith("/dev/shm/");
        return local(device ? Kind.DEVICE : Kind.FILE, text, text);
    }

    /** A mistyped URL must not be taken for a file name, because messages would show its password. */
    private static void refuseOtherUrls(String text) {
        Matcher scheme = SCHEME_WITHOUT_SLASHES.matcher(text);
        if (scheme.matches()) {
            throw new InvalidInputException("'" + scheme.group(1) + "…' is not a URL: write it like rtsp://host/path,"
                    + " http://host/path or snapshot:http://host/path");
        }
        if (text.contains("://")) {
            throw new InvalidInputException("'" + text.substring(0, text.indexOf("://") + 3)
                    + "…' has an unsupported scheme: " + CameraUrlOptions.ALLOWED);
        }
        if (USER_WITHOUT_SCHEME.matcher(text).matches()) {
            throw new InvalidInputException(
                    "the camera's url has a user and a password, but begins with neither rtsp://"
                            + " nor http://; if it is a file's name, write ./ before it");
        }
    }

    private static CameraUrl local(Kind kind, String text, String rest) {
        int mark = CameraUrlOptions.start(rest);
        String path = mark < 0 ? rest : rest.substring(0, mark);
        Map<String, String> options = mark < 0 ? Map.of() : CameraUrlOptions.read(kind, text, rest.substring(mark + 1));
        if (path.isEmpty()) {
            throw new InvalidInputException("'" + text + "' has no path: " + CameraUrlOptions.ALLOWED);
        }
        try {
            return new CameraUrl(
                    kind, null, Path.of(path).toAbsolutePath().normalize().toString(), text, options);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("'" + text + "' is not a valid path: " + e.getReason(), e);
        }
    }

    private static CameraUrl rpicam(String text) {
        String rest = text.substring(RPICAM.length());
        int mark = rest.indexOf('?');
        String number = mark < 0 ? rest : rest.substring(0, mark);
        if (!CAMERA_NUMBER.matcher(number).matches()) {
            throw new InvalidInputException(
                    "'" + text + "' names no camera: write its number, 0 to 9, after rpicam:, such"
                            + " as rpicam:0 or rpicam:0?size=640x480&fps=10; ./wayside cameras lists the cameras");
        }
        return new CameraUrl(
                Kind.RPICAM,
                null,
                number,
                text,
                mark < 0 ? Map.of() : CameraUrlOptions.read(Kind.RPICAM, text, rest.substring(mark + 1)));
    }

    private static CameraUrl network(Kind kind, String prefix, String text) {
        int hash = text.lastIndexOf('#');
        // An '@' after it means that the '#' is part of a password that was not percent-encoded.
        if (hash >= 0 && text.indexOf('@', hash) >= 0) {
            hash = -1;
        }
        NetworkUrl network = NetworkUrl.parse(hash < 0 ? text : text.substring(0, hash));
        String shown = prefix + network;
        Map<String, String> options =
                hash < 0 ? Map.of() : CameraUrlOptions.read(kind, shown + "#…", text.substring(hash + 1));
        return new CameraUrl(kind, network, network.text(), shown + (hash < 0 ? "" : text.substring(hash)), options);
    }

    /** What kind of source it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether only one process can read it at a time: a camera of this machine, or a port on which a camera pushes. */
    public boolean isExclusive() {
        return kind == Kind.DEVICE || kind == Kind.RPICAM || Boolean.parseBoolean(option("listen"));
    }

    /** The URL as configured, without user, password and other secrets. */
    public String redacted() {
        return redacted;
    }

    /**
     * What is opened, including the secrets: an absolute path, a URL, or the number of a Raspberry Pi's camera. Never print
     * it.
     */
    String location() {
        return location;
    }

    /** The parsed URL of a network source. */
    NetworkUrl network() {
        return network;
    }

    /** The path of a local source. */
    Path path() {
        return Path.of(location);
    }

    /** Whether it restarts at its end without counting that as a failure. */
    boolean loops() {
        return kind == Kind.IMAGES || Boolean.parseBoolean(options.get("loop"));
    }

    /** The value of an option; null if it is not set. */
    String option(String name) {
        return options.get(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CameraUrl that
                && kind == that.kind
                && location.equals(that.location)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, location, options);
    }

    /** The same as {@link #redacted()}. */
    @Override
    public String toString() {
        return redacted;
    }
}
