package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** The Video4Linux devices of this machine, and the formats that they offer. */
public final class VideoDevices {
    /** The beginning of a line of FFmpeg's list: {@code Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480}. */
    private static final Pattern FORMAT = Pattern.compile("(?:Raw|Compressed)\\s*:\\s*(\\S+)\\s*:(.*)");
    /** A size, or a range of sizes with their steps: {@code {32-4056, 2}x{32-3040, 2}}. */
    private static final Pattern SIZE = Pattern.compile("\\d+x\\d+|\\{[^}]*}x\\{[^}]*}");

    /** The sensor's side of a Raspberry Pi's camera, which delivers no finished pictures. */
    private static final Pattern PI_CAMERA = Pattern.compile("(?:unicam|rp1-cfe).*");
    /** Encoders, decoders and image processors of a Raspberry Pi. */
    private static final Pattern PI_PROCESSOR =
            Pattern.compile("(?:bcm2835-(?:isp|codec)|pispbe|rpi-hevc-dec|rpivid).*");

    private VideoDevices() {}

    /**
     * A device that delivers pictures.
     *
     * @param path such as {@code /dev/video0}
     * @param name as the driver calls it
     */
    public record Device(String path, String name) {
        /** Whether it belongs to a Raspberry Pi's own camera, which is read as {@code rpicam:0}. */
        public boolean isOfPiCamera() {
            return PI_CAMERA.matcher(name).matches();
        }
    }

    /** Why FFmpeg's libraries, those for devices included, cannot be loaded; empty if they can. */
    public static Optional<String> libraryProblem() {
        try {
            FFmpegLibraries.loadForDevices();
            return Optional.empty();
        } catch (CameraFailure e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * The devices in the order of their names. A camera can have further nodes, for metadata, which are left out, as are a
     * Raspberry Pi's devices that only convert pictures.
     *
     * @param system the root of the file system
     */
    public static List<Device> in(Path system) throws IOException {
        Path classes = system.resolve("sys/class/video4linux");
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        List<Device> devices = new ArrayList<>();
        try (Stream<Path> nodes = Files.list(classes)) {
            for (Path node : nodes.sorted().toList()) {
                Path index = node.resolve("index");
                boolean first =
                        !Files.exists(index) || Files.readString(index).strip().equals("0");
                String name = Files.readString(node.resolve("name")).strip();
                if (first
                        && node.getFileName().toString().startsWith("video")
                        && !PI_PROCESSOR.matcher(name).matches()) {
                    devices.add(new Device("/dev/" + node.getFileName(), name));
                }
            }
        }
        return devices;
    }

    /**
     * Whether a device belongs to a Raspberry Pi's own camera.
     *
     * @param system the root of the file system
     * @param device such as {@code /dev/video0}
     */
    static boolean isOfPiCamera(Path system, String device) {
        try {
            return in(system).stream().anyMatch(each -> each.path().equals(device) && each.isOfPiCamera());
        } catch (IOException e) {
            // Without /sys, as in some containers, nobody knows.
            return false;
        }
    }

    /**
     * The formats and sizes that a device offers, as in {@code mjpeg 640x480 1280x720; yuyv422 640x480}, or why it does
     * not list them. Works while another program takes pictures from it.
     *
     * @param device such as {@code /dev/video0}
     */
    public static String formats(String device) {
        Optional<String> problem = libraryProblem();
        if (problem.isPresent()) {
            return problem.get();
        }
        StringBuilder listed = new StringBuilder();
        int code = FFmpegLibraries.listening(listed::append, () -> list(device));
        String formats = parse(listed.toString());
        if (!formats.isEmpty()) {
            return formats;
        }
        return code == AVERROR_EXIT() || code >= 0
                ? "it lists no formats"
                : Reasons.notOpened(CameraUrl.parse(device, Path.of("")), code);
    }

    /** Makes FFmpeg log them; returns FFmpeg's code. */
    private static int list(String device) {
        AVFormatContext context = avformat_alloc_context();
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "list_formats", "all", 0);
        int code = avformat_open_input(context, device, av_find_input_format("v4l2"), options);
        av_dict_free(options);
        if (code >= 0) {
            avformat_close_input(context);
        }
        return code;
    }

    /** The formats in what FFmpeg logs when it is asked for them. */
    static String parse(String listed) {
        return FORMAT.matcher(listed)
                .results()
                .map(format -> Stream.concat(
                                Stream.of(format.group(1)),
                                SIZE.matcher(format.group(2)).results().map(MatchResult::group))
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }
}
