package dev.wayside.camera;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A sequence of JPEGs over HTTP: as multipart/x-mixed-replace, even with malformed boundaries, or without boundaries.
 * FFmpeg's own reader of such streams requires correct boundaries and fails where browsers show a picture.
 */
final class JpegStreamSource implements FrameSource {
    private final CameraUrl url;
    private final Deadline deadline;
    private final HttpAnswer answer;
    private final JpegSplitter splitter = new JpegSplitter();
    private final StillDecoder decoder = new StillDecoder();
    private final byte[] bytes = new byte[HttpAnswer.CHUNK];
    private byte[] waiting;
    private boolean dataCame = true;
    private long found;

    /** Takes ownership of the answer. */
    JpegStreamSource(CameraUrl url, HttpAnswer answer, Deadline deadline) {
        this.url = url;
        this.deadline = deadline;
        this.answer = answer;
        splitter.add(bytes, answer.first(bytes));
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
        if (deadline.passed()) {
            throw new CameraFailure(Reasons.stalled(url, deadline.timeout(), dataCame));
        }
        if (count <= 0) {
            throw new CameraFailure(ended(count));
        }
        dataCame = true;
        splitter.add(bytes, count);
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
