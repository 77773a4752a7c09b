package dev.wayside.camera;

import dev.wayside.machine.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cameras of a Raspberry Pi, as rpicam-hello lists them. */
public final class RpicamCameras {
    private static final List<String> NAMES = List.of("rpicam-hello", "libcamera-hello");
    /** It configures every mode of every camera. */
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /** As in {@code 0 : imx219 [3280x2464 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/imx219@10)}. */
    private static final Pattern CAMERA =
            Pattern.compile("^([0-9]) : ([\\w.-]{1,40}) \\[(?:(\\d+x\\d+)[^\\]]*)?\\] .*");
    /** As in {@code 1640x1232 [41.85 fps - (0, 0)/3280x2464 crop]}. */
    private static final Pattern MODE = Pattern.compile("(\\d+x\\d+) \\[(\\d+)(?:\\.\\d+)? fps");

    private RpicamCameras() {}

    /**
     * A sensor that is connected.
     *
     * @param number by which it is chosen
     * @param sensor such as {@code imx219}
     * @param pixels of the sensor, such as {@code 3280x2464}; null if it is not known
     * @param modes of the sensor with their highest rate, such as {@code 1640x1232 at 41 frames/s}
     */
    public record PiCamera(int number, String sensor, String pixels, List<String> modes) {
        /** The value of {@code camera.url}. */
        public String url() {
            return "rpicam:" + number + "?size=" + RpicamCommand.SIZE + "&fps=" + RpicamCommand.RATE;
        }

        /** The sensor and its modes on one line. */
        public String description() {
            return sensor
                    + (pixels == null ? "" : ", " + pixels)
                    + (modes.isEmpty() ? "" : "; modes: " + String.join(", ", modes));
        }
    }

    /**
     * What was found.
     *
     * @param cameras in the order of their numbers
     * @param problem why they cannot be listed; null if they can
     */
    public record Listing(List<PiCamera> cameras, String problem) {}

    /**
     * Lists them; takes a second or two.
     *
     * @param searchPath where to look for the program, as in {@code PATH}
     */
    public static Listing list(String searchPath) throws InterruptedException {
        Optional<Path> program = Programs.find(searchPath, NAMES);
        if (program.isEmpty()) {
            return new Listing(List.of(), RpicamReasons.notInstalled());
        }
        Optional<String> printed = Programs.output(LONGEST, program.get().toString(), "--list-cameras");
        return printed.map(text -> new Listing(parse(text), null))
                .orElseGet(() -> new Listing(
                        List.of(), program.get().getFileName() + " --list-cameras failed: run it to see the reason"));
    }

    /** The cameras in what the program prints. */
    static List<PiCamera> parse(String printed) {
        List<PiCamera> cameras = new ArrayList<>();
        Set<String> modes = new LinkedHashSet<>();
        for (String line : printed.lines().toList()) {
            Matcher camera = CAMERA.matcher(line);
            if (camera.matches()) {
                modes = new LinkedHashSet<>();
                cameras.add(
                        new PiCamera(Integer.parseInt(camera.group(1)), camera.group(2), camera.group(3), List.of()));
            } else if (!cameras.isEmpty()) {
                for (MatchResult mode : MODE.matcher(line).results().toList()) {
                    modes.add(mode.group(1) + " at " + mode.group(2) + " frames/s");
                }
                PiCamera last = cameras.remove(cameras.size() - 1);
                cameras.add(new PiCamera(last.number(), last.sensor(), last.pixels(), List.copyOf(modes)));
            }
        }
        return List.copyOf(cameras);
    }
}
