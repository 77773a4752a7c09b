package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A sequence of JPEGs or PNGs over HTTP: as multipart/x-mixed-replace, even with malformed boundaries, or without boundaries.
 * FFmpeg's own reader of such streams requires correct boundaries and fails where browsers show a picture.
 */
final class PictureStreamSource implements FrameSource {
    private static final Pattern TYPE_OF_PART = Pattern.compile("(?im)^content-type:[ \\t]*([\\w.+/-]{1,60})");

    private final CameraUrl url;
    private final Deadline deadline;
    private final HttpAnswer answer;
    private final PictureSplitter splitter = new PictureSplitter();
    private final StillDecoder decoder = new StillDecoder();
    private final byte[] bytes = new byte[HttpAnswer.CHUNK];
    private byte[] waiting;
    private boolean dataCame = true;
    private long found;
    /** What the server calls a part that is neither a JPEG nor a PNG; null if there is none. */
    private String unsupported;

    /** Takes ownership of the answer. */
    PictureStreamSource(CameraUrl url, HttpAnswer answer, Deadline deadline) {
        this.url = url;
        this.deadline = deadline;
        this.answer = answer;
        add(answer.first(bytes));
    }

    private void add(int count) {
        if (answer.multipart() && found == 0 && unsupported == null) {
            Matcher type = TYPE_OF_PART.matcher(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            unsupported = type.find() && !type.group(1).matches("(?i)image/(jpe?g|png)") ? type.group(1) : null;
        }
        splitter.add(bytes, count);
    }

    @Override
    public AVFrame next() throws CameraFailure {
        while (true) {
            AVFrame picture = decoder.decode(found == 0 ? firstOfSeveral() : following());
            if (picture != null) {
                dataCame = false;
                return picture;
            }
        }
    }

    /** Waits until a second picture begins; if there is none, the URL needs {@code snapshot:}. */
    private byte[] firstOfSeveral() throws CameraFailure {
        if (answer.still()) {
            throw new CameraFailure(Reasons.onePicture(url));
        }
        byte[] first = following();
        waiting = splitter.next();
        while (!answer.multipart() && waiting == null && !splitter.begun()) {
            feed();
            waiting = splitter.next();
        }
        return first;
    }

    private byte[] following() throws CameraFailure {
        byte[] picture = waiting == null ? splitter.next() : waiting;
        waiting = null;
        while (picture == null) {
            feed();
            picture = splitter.next();
        }
        found++;
        return picture;
    }

    private void feed() throws CameraFailure {
        int count = answer.read(bytes);
        if (found == 0 && unsupported != null && (deadline.passed() || count <= 0)) {
            throw new CameraFailure(Reasons.unsupportedParts(url, unsupported));
        }
        if (deadline.passed()) {
            throw new CameraFailure(Reasons.stalled(url, deadline.timeout(), dataCame));
        }
        if (count <= 0) {
            throw new CameraFailure(ended(count));
        }
        dataCame = true;
        add(count);
    }

    private String ended(int code) {
        if (found == 0 && !answer.multipart()) {
            return Reasons.notOpened(url, AVERROR_INVALIDDATA);
        }
        return found == 1 && !answer.multipart() ? Reasons.onePicture(url) : Reasons.ended(url, code);
    }

    /** Not used: a live source's pictures are due when they arrive. */
    @Override
    public long timestampMicros() {
        return 0;
    }

    @Override
    public double declaredRate() {
        return 0;
    }

    @Override
    public void close() {
        decoder.close();
        answer.close();
    }
}
