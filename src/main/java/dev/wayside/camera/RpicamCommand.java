package dev.wayside.camera;

import dev.wayside.machine.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line that streams a Raspberry Pi's camera.
 *
 * <p>It asks for MJPEG. Each JPEG ends with its own marker, so it is decoded as soon as its last byte is there; FFmpeg knows
 * where a picture of an H.264 stream ends only when the next one begins, which at 10 pictures per second costs 0.1 s. A lost
 * picture damages no other. H.264 would save the encoding on a Raspberry Pi 4, which has an encoder in hardware, but not on a
 * Raspberry Pi 5, which has none and would run x264. Unencoded pictures would cost least, but their stream does not say how
 * large they are, and the camera may deliver another size than asked for.
 */
final class RpicamCommand {
    /** The name since Raspberry Pi OS Bookworm, then the one before. */
    static final List<String> NAMES = List.of("rpicam-vid", "libcamera-vid");

    static final String SIZE = "640x480";
    static final String RATE = "10";

    /** Of 100. The program's default, 50, blurs small objects. */
    private static final String QUALITY = "80";

    private RpicamCommand() {}

    /** The program, if it is installed. */
    static Optional<Path> program(String searchPath) {
        return Programs.find(searchPath, NAMES);
    }

    /** The program's arguments for this URL, without a shell between. */
    static List<String> arguments(CameraUrl url) {
        String[] size = optionOr(url, "size", SIZE).split("x");
        List<String> arguments = new ArrayList<>(List.of(
                "--camera",
                url.location(),
                "--codec",
                "mjpeg",
                "--quality",
                QUALITY,
                "--width",
                size[0],
                "--height",
                size[1],
                "--framerate",
                optionOr(url, "fps", RATE)));
        if (url.option("rotation") != null) {
            arguments.addAll(List.of("--rotation", url.option("rotation")));
        }
        if (url.option("mode") != null) {
            arguments.addAll(List.of("--mode", url.option("mode").replace('x', ':')));
        }
        // Without a time limit and a window, and each picture at once to the standard output.
        arguments.addAll(List.of("--timeout", "0", "--nopreview", "--flush", "--output", "-"));
        return List.copyOf(arguments);
    }

    static String optionOr(CameraUrl url, String name, String otherwise) {
        return url.option(name) == null ? otherwise : url.option(name);
    }
}
