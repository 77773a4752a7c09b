package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DECODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_BAD_REQUEST;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_OTHER_4XX;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_SERVER_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_TOO_MANY_REQUESTS;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PROTOCOL_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import dev.wayside.failure.HttpFailure;
import dev.wayside.failure.NetworkFailure;
import dev.wayside.failure.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Explains failures to the user: converts FFmpeg's error codes and the state of files to sentences without secrets. */
final class Reasons {
    // The error codes of Linux, which are the same on every architecture that Wayside supports.
    private static final int ENOENT = -2;
    private static final int EIO = -5;
    private static final int ENXIO = -6;
    private static final int EACCES = -13;
    private static final int EBUSY = -16;
    private static final int ENODEV = -19;
    private static final int EINVAL = -22;
    private static final int ENOTTY = -25;
    private static final int EPIPE = -32;
    private static final int ENETUNREACH = -101;
    private static final int ECONNRESET = -104;
    private static final int ETIMEDOUT = -110;
    private static final int ECONNREFUSED = -111;
    private static final int EHOSTUNREACH = -113;

    private Reasons() {}

    /** Why a source did not open. */
    static String notOpened(CameraUrl url, int code) {
        return switch (url.kind()) {
            case RTSP, HTTP, SNAPSHOT -> networkNotOpened(url, code);
            case DEVICE -> deviceNotOpened(url, code);
            default ->
                code == AVERROR_INVALIDDATA || code == AVERROR_EOF
                        ? notAVideo(url)
                        : url + " cannot be opened: " + words(code);
        };
    }

    private static String networkNotOpened(CameraUrl url, int code) {
        String host = url.network().endpoint();
        int status = httpStatus(code);
        if (status > 0) {
            return refused(url, status);
        }
        if (code == AVERROR_HTTP_BAD_REQUEST || code == AVERROR_HTTP_OTHER_4XX) {
            return host + " " + HttpFailure.problem(400) + " (4xx): check the path of the url";
        }
        if (code == AVERROR_HTTP_SERVER_ERROR) {
            return host + " " + HttpFailure.problem(500) + " (5xx)";
        }
        if (code == AVERROR_INVALIDDATA) {
            return host + " answers, but not with a video that FFmpeg can read";
        }
        // The latter is how FFmpeg refuses a protocol that is not on its list of allowed ones.
        if (code == AVERROR_PROTOCOL_NOT_FOUND || code == EINVAL && url.kind() == CameraUrl.Kind.HTTP) {
            return host + " refers to a protocol that is not allowed or that this build of FFmpeg does not know";
        }
        NetworkFailure failure =
                switch (code) {
                    case ECONNREFUSED -> NetworkFailure.REFUSED;
                    case EHOSTUNREACH, ENETUNREACH -> NetworkFailure.UNREACHABLE;
                    case ETIMEDOUT -> NetworkFailure.TIMED_OUT;
                    // FFmpeg uses this code also for a name that does not resolve.
                    case EIO -> unknownHost(url.network().host()) ? NetworkFailure.UNKNOWN_HOST : NetworkFailure.CLOSED;
                    case ECONNRESET, EPIPE -> NetworkFailure.CLOSED;
                    default -> code == AVERROR_EOF ? NetworkFailure.CLOSED : null;
                };
        return host + " " + (failure == null ? "cannot be opened: " + words(code) : failure.words());
    }

    /** Why an HTTP server refused a request, from its status, which is at least 400. */
    static String refused(CameraUrl url, int status) {
        String host = url.network().endpoint();
        if (status == 401 && url.network().user() == null) {
            return host + " asks for a user and a password (401): write them into the url as"
                    + " scheme://user:password@host/path";
        }
        return host + " " + HttpFailure.words(status)
                + switch (status) {
                    case 403 -> ": this user may not see the stream";
                    case 400, 404, 405, 406, 410 -> ": check the path of the url";
                    default -> "";
                };
    }

    /** The HTTP status that a code of FFmpeg means; 0 if FFmpeg knows only its first digit, or for other failures. */
    private static int httpStatus(int code) {
        if (code == AVERROR_HTTP_UNAUTHORIZED) {
            return 401;
        }
        if (code == AVERROR_HTTP_FORBIDDEN) {
            return 403;
        }
        if (code == AVERROR_HTTP_NOT_FOUND) {
            return 404;
        }
        return code == AVERROR_HTTP_TOO_MANY_REQUESTS ? 429 : 0;
    }

    /** Why an HTTP url that returns a single picture cannot be read as a stream. */
    static String onePicture(CameraUrl url) {
        return url.network().endpoint() + " returns one picture per request, which is not a stream: write snapshot:"
                + url;
    }

    /** Why the pictures of a multipart stream cannot be shown, from the content type of its parts. */
    static String unsupportedParts(CameraUrl url, String type) {
        return url.network().endpoint() + " sends a multipart stream of " + type
                + "; only image/jpeg and image/png are supported: choose MJPEG in the camera's settings";
    }

    private static String deviceNotOpened(CameraUrl url, int code) {
        String device = url.location();
        if (code != EACCES && VideoDevices.isOfPiCamera(Path.of("/"), device)) {
            return device + " is only the sensor of the Raspberry Pi's own camera: write camera.url=rpicam:0";
        }
        return switch (code) {
            case ENOENT, ENODEV, ENXIO -> noDevice(url);
            case EACCES -> "no permission to read " + device + ": add the user to the group video";
            case EBUSY -> device + " is in use by another program";
            case EINVAL ->
                device + " does not offer what " + url
                        + " asks for: look at v4l2-ctl --list-formats-ext and change size, fps or format";
            case ENOTTY -> device + " is not a camera";
            default -> device + " cannot be opened: " + words(code);
        };
    }

    /** Why an opened source ended, from the code that {@code av_read_frame} returned. */
    static String ended(CameraUrl url, int code) {
        return switch (url.kind()) {
            case RTSP, HTTP, SNAPSHOT ->
                code == AVERROR_INVALIDDATA
                        ? url.network().endpoint() + " sent data in the middle of the stream that are not video"
                        : lost(url);
            case DEVICE ->
                code == ENODEV || code == EIO || code == ENXIO
                        ? url.location() + " was unplugged"
                        : url.location() + " stopped: " + words(code);
            default -> code == AVERROR_EOF ? "end of file" : url + " cannot be read further: " + words(code);
        };
    }

    /** Why a source that was not opened in time counts as failed. */
    static String notAnswered(CameraUrl url, Duration timeout) {
        return Boolean.parseBoolean(url.option("listen"))
                ? "no camera has connected to " + url + " within " + seconds(timeout)
                : "no answer from " + url + " within " + seconds(timeout);
    }

    /**
     * Why an open source that has not delivered in time counts as failed.
     *
     * @param dataCame whether it has sent any data since the last picture
     */
    static String stalled(CameraUrl url, Duration timeout, boolean dataCame) {
        return dataCame
                ? "stalled: " + url + " sends data, but no picture in the data could be decoded for " + seconds(timeout)
                : "stalled: no new picture from " + url + " for " + seconds(timeout);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /**
     * Checks a local source before FFmpeg opens it, because FFmpeg's messages for these cases say less.
     *
     * @throws CameraFailure if it cannot work
     */
    static void checkLocal(CameraUrl url) throws CameraFailure {
        Path path = url.path();
        boolean wantsFolder = url.kind() == CameraUrl.Kind.IMAGES;
        if (!Files.exists(path)) {
            throw new CameraFailure(
                    url.kind() == CameraUrl.Kind.DEVICE
                            ? noDevice(url)
                            : (wantsFolder ? "there is no folder " : "there is no file ") + path);
        }
        if (Files.isDirectory(path) != wantsFolder) {
            throw new CameraFailure(
                    wantsFolder
                            ? path + " is a file: images: takes a folder"
                            : path + " is a folder: for a folder of pictures write images:" + path);
        }
        if (!Files.isReadable(path)) {
            throw new CameraFailure(
                    url.kind() == CameraUrl.Kind.DEVICE
                            ? deviceNotOpened(url, EACCES)
                            : "no permission to read " + path);
        }
        try {
            if (Files.isRegularFile(path) && Files.size(path) == 0) {
                throw new CameraFailure(path + " is empty");
            }
        } catch (IOException e) {
            throw new CameraFailure(path + " cannot be read: " + Reason.ofRoot(e));
        }
    }

    /** Why an opened source has no video stream, from the code that {@code av_find_best_stream} returned. */
    static String noVideo(CameraUrl url, int code) {
        return code == AVERROR_DECODER_NOT_FOUND()
                ? url + " has a video whose codec this build of FFmpeg cannot decode"
                : url + " has no video in it: it is something else, or damaged";
    }

    static String notAVideo(CameraUrl url) {
        return url + " is not a video that FFmpeg can read, or it is damaged";
    }

    static String nothingDecodable(CameraUrl url) {
        return "no picture in " + url + " can be decoded: it is damaged";
    }

    private static String noDevice(CameraUrl url) {
        return "no camera at " + url.location() + ": is it plugged in? ls /dev/video* lists the cameras";
    }

    private static String lost(CameraUrl url) {
        return url.network().endpoint() + " " + NetworkFailure.CLOSED.words();
    }

    private static boolean unknownHost(String host) {
        try {
            return InetAddress.getByName(host) == null;
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /** FFmpeg's own message for a code. */
    static String words(int code) {
        byte[] text = new byte[128];
        av_strerror(code, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8) + " (" + code + ")";
    }
}
