package dev.wayside.live;

import dev.wayside.frame.VideoFrame;
import java.nio.file.Path;
import java.time.Instant;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** The frames of the sample clip in a loop; the caller closes each. */
final class SampleFrames implements AutoCloseable {
    private final FFmpegFrameGrabber grabber;
    /** FFmpeg's level is that of the whole process, in which other tests expect its warnings. */
    private final int logLevel = avutil.av_log_get_level();

    private long sequence;

    SampleFrames() throws FrameGrabber.Exception {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        grabber = new FFmpegFrameGrabber(Path.of("samples", "street.mp4").toFile());
        grabber.setImageMode(FrameGrabber.ImageMode.RAW);
        grabber.start();
    }

    VideoFrame next() throws FrameGrabber.Exception {
        Frame frame = grabber.grabImage();
        if (frame == null) {
            grabber.restart();
            frame = grabber.grabImage();
        }
        return VideoFrame.reference((AVFrame) frame.opaque, Instant.now(), sequence++);
    }

    @Override
    public void close() throws FrameGrabber.Exception {
        grabber.close();
        avutil.av_log_set_level(logLevel);
    }
}
