package dev.wayside.camera;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains why a Raspberry Pi's camera delivers no pictures, from what rpicam-vid and libcamera say. */
final class RpicamReasons {
    private static final Pattern NO_CAMERA = Pattern.compile("(?i)no cameras available");
    private static final Pattern NOT_THIS_CAMERA = Pattern.compile("(?i)selected camera is not available");
    private static final Pattern BUSY =
            Pattern.compile("(?i)failed to acquire camera|in use by another process|resource busy");
    private static final Pattern WRONG_MODE = Pattern.compile(
            "(?i)failed to (?:configure|valid\\w*) stream|failed to allocate capture buffers|dmaheap allocation");
    private static final Pattern SENSOR_SILENT = Pattern.compile("(?i)frontend has timed out|device timeout detected");
    private static final Pattern OTHER_MACHINE =
            Pattern.compile("(?i)only supports the raspberry pi|legacy camera stack");
    /** As in {@code ERROR: *** no cameras available ***}. */
    private static final Pattern FATAL = Pattern.compile("ERROR: (?:\\*\\*\\* )?(.*?)(?: \\*\\*\\*)?$");
    /** As in {@code [0:03:19.453] [3282] ERROR RPI pipeline_base.cpp:1337 Camera frontend has timed out!}. */
    private static final Pattern LIBCAMERA = Pattern.compile("^\\[[\\d:.]+] +\\[\\d+] +ERROR \\S+ \\S+:\\d+ (.*)$");

    private static final Pattern UNIMPORTANT = Pattern.compile("^\\[[\\d:.]+] +\\[\\d+] +(?:INFO|DEBUG) .*$");

    private static final int LONGEST = 160;

    private RpicamReasons() {}

    /** Why there is no program to run. */
    static String notInstalled() {
        return RpicamCommand.NAMES.get(0)
                + " is not installed: on a Raspberry Pi run: sudo apt-get install rpicam-apps";
    }

    /**
     * Why the program has ended.
     *
     * @param program its name
     * @param lines what it said last
     */
    static String ended(CameraUrl url, String program, int exitCode, List<String> lines) {
        String said = String.join("\n", lines);
        if (NO_CAMERA.matcher(said).find()) {
            return program + " finds no camera: check the ribbon cable at both ends, and that this user is in the group"
                    + " video; rpicam-hello --list-cameras must list it";
        }
        if (NOT_THIS_CAMERA.matcher(said).find()) {
            return "there is no camera " + url.location()
                    + " on this Raspberry Pi: ./wayside cameras lists the cameras";
        }
        if (OTHER_MACHINE.matcher(said).find()) {
            return program + " does not support the cameras of this machine: " + words(lines);
        }
        if (BUSY.matcher(said).find()) {
            return "camera " + url.location() + " of this Raspberry Pi is in use by another program";
        }
        if (WRONG_MODE.matcher(said).find()) {
            return program + " cannot deliver what " + url + " asks for (" + words(lines)
                    + "): change size, fps or mode; ./wayside cameras lists the modes";
        }
        String words = words(lines);
        return program + " ended with exit code " + exitCode + (words.isEmpty() ? " and said nothing" : ": " + words);
    }

    /** What the program says of a camera that delivers nothing; empty if it has reported no error. */
    static String complaint(String program, List<String> lines) {
        if (SENSOR_SILENT.matcher(String.join("\n", lines)).find()) {
            return ": the sensor sends nothing; check the ribbon cable at both ends";
        }
        String words = error(lines);
        return words.isEmpty() ? "" : "; " + program + " says: " + words;
    }

    /** The last error in its words, or else the last line that means something; shortened. */
    private static String words(List<String> lines) {
        String error = error(lines);
        return error.isEmpty()
                ? lines.stream()
                        .filter(line -> !UNIMPORTANT.matcher(line).matches())
                        .reduce((earlier, later) -> later)
                        .map(RpicamReasons::shortened)
                        .orElse("")
                : error;
    }

    /** The last error of the program or of libcamera; empty if there is none. */
    private static String error(List<String> lines) {
        String last = "";
        for (String line : lines) {
            Matcher libcamera = LIBCAMERA.matcher(line);
            Matcher fatal = FATAL.matcher(line);
            if (libcamera.matches()) {
                last = libcamera.group(1);
            } else if (fatal.find()) {
                last = fatal.group(1);
            }
        }
        return shortened(last);
    }

    private static String shortened(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }
}
