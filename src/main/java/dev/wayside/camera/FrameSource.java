package dev.wayside.camera;

import dev.wayside.machine.Programs;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** An open source of pictures, used by one thread. */
interface FrameSource extends AutoCloseable {

    /**
     * Opens the source of a camera's URL.
     *
     * @param period the current time between two requests, for a source that gives one picture per request
     * @param deadline ends native calls that wait too long
     * @param notices receives messages about a source that continues, one sentence each
     */
    static FrameSource open(
            CameraSettings settings, Supplier<Duration> period, Deadline deadline, Consumer<String> notices)
            throws CameraFailure {
        CameraUrl url = settings.url();
        return switch (url.kind()) {
            case IMAGES -> new ImageFolderSource(url, deadline, notices);
            case SNAPSHOT -> new SnapshotSource(url, period, deadline);
            case HTTP -> openHttp(url, deadline);
            case RPICAM -> RpicamSource.open(url, Programs.searchPath(), deadline);
            default -> StreamSource.open(url, deadline);
        };
    }

    private static FrameSource openHttp(CameraUrl url, Deadline deadline) throws CameraFailure {
        FFmpegLibraries.load();
        HttpAnswer answer = HttpAnswer.open(url, deadline);
        return answer.pictures()
                ? new PictureStreamSource(url, answer, deadline)
                : StreamSource.open(url, url.location(), null, answer, deadline);
    }

    /**
     * Waits for the next picture.
     *
     * @return the decoder's picture, valid until the next call
     */
    AVFrame next() throws CameraFailure;

    /**
     * When the picture of the last {@link #next()} is due, in microseconds of the source's own clock; strictly
     * increasing.
     */
    long timestampMicros();

    /** Pictures per second as the source declares them; 0 if it does not. */
    double declaredRate();

    @Override
    void close();
}
