package dev.wayside.frame;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * One decoded picture, in the decoder's own memory and pixel format (usually planar YUV). Frames are reference-counted:
 * keeping a frame copies no pixels.
 *
 * <p>The owner closes it; a closed frame must not be used again. Reading one frame from several threads is safe.
 */
public final class VideoFrame implements AutoCloseable {
    private final AVFrame picture;
    private final Presentation presentation;
    private final Instant time;
    private final long sequence;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private VideoFrame(AVFrame picture, Presentation presentation, Instant time, long sequence) {
        this.picture = picture;
        this.presentation = presentation;
        this.time = time;
        this.sequence = sequence;
    }

    /**
     * Takes a new reference to a decoded picture.
     *
     * @param decoded the decoder's picture; the decoder may reuse its {@code AVFrame} afterwards
     * @param time when the picture was grabbed
     * @param sequence the picture's number within its camera, increasing
     * @return a frame that the caller must close
     */
    public static VideoFrame reference(AVFrame decoded, Instant time, long sequence) {
        return reference(decoded, Presentation.of(decoded), time, sequence);
    }

    private static VideoFrame reference(AVFrame decoded, Presentation presentation, Instant time, long sequence) {
        AVFrame copy = av_frame_alloc();
        int result = av_frame_ref(copy, decoded);
        if (result < 0) {
            av_frame_free(copy);
            throw new IllegalStateException("cannot create a reference to a decoded picture: FFmpeg error " + result);
        }
        return new VideoFrame(copy, presentation, time, sequence);
    }

    /**
     * A new reference to the same picture, for a reader that needs it longer than the owner. The caller must close it.
     */
    public VideoFrame retain() {
        return reference(picture(), presentation, time, sequence);
    }

    /** The picture for FFmpeg's functions, as the decoder made it; valid until {@link #close()}. */
    public AVFrame picture() {
        if (!open.get()) {
            throw new IllegalStateException("the frame is closed");
        }
        return picture;
    }

    /** How the picture is shown; the decoder's rows may be oriented differently. */
    public Presentation presentation() {
        return presentation;
    }

    /** Width as shown, in square pixels. */
    public int width() {
        return presentation.width();
    }

    /** Height as shown, in square pixels. */
    public int height() {
        return presentation.height();
    }

    /** When the picture was grabbed. */
    public Instant time() {
        return time;
    }

    /** The picture's number within its camera, increasing. */
    public long sequence() {
        return sequence;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            av_frame_free(picture);
        }
    }
}
