package dev.wayside.detect;

import dev.wayside.frame.VideoFrame;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber.ImageMode;

/** The sample clip, read frame by frame. */
final class Clip {
    static final Path STREET = Path.of("samples", "street.mp4");

    private Clip() {}

    /** Hands out the frames with these numbers, counted from 0 in decoding order. */
    static void frames(SortedSet<Integer> numbers, BiConsumer<Integer, VideoFrame> reader) throws Exception {
        // FFmpeg's level is that of the whole process, in which other tests expect its warnings.
        int logLevel = avutil.av_log_get_level();
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(STREET.toFile())) {
            grabber.setImageMode(ImageMode.RAW);
            grabber.start();
            for (int number = 0; number <= numbers.last(); number++) {
                Frame frame = grabber.grabImage();
                if (frame == null) {
                    throw new IllegalStateException(STREET + " ends before frame " + number);
                }
                if (numbers.contains(number)) {
                    try (VideoFrame picture = VideoFrame.reference((AVFrame) frame.opaque, Instant.EPOCH, number)) {
                        reader.accept(number, picture);
                    }
                }
            }
        } finally {
            avutil.av_log_set_level(logLevel);
        }
    }
}
