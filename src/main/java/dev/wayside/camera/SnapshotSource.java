package dev.wayside.camera;

import java.time.Duration;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A camera that returns one picture per HTTP request; requests one per period. */
final class SnapshotSource implements FrameSource {
    private final CameraUrl url;
    private final Deadline deadline;
    private final Supplier<Duration> period;
    private final SnapshotClient client;
    private final StillDecoder decoder = new StillDecoder();
    private long due = System.nanoTime();

    SnapshotSource(CameraUrl url, Supplier<Duration> period, Deadline deadline) throws CameraFailure {
        FFmpegLibraries.load();
        this.url = url;
        this.deadline = deadline;
        this.period = period;
        client = new SnapshotClient(url, deadline);
    }

    @Override
    public AVFrame next() throws CameraFailure {
        deadline.waitUntil(due);
        deadline.restart();
        // At a steady pace; if a response took longer than a period, the next request follows at once.
        due = Math.max(due + period.get().toNanos(), System.nanoTime());
        AVFrame picture = decoder.decode(client.request());
        if (picture == null) {
            throw new CameraFailure("no picture in " + url + " can be decoded: the camera sends a damaged picture");
        }
        return picture;
    }

    /** Not used: a live source's pictures are due when they arrive. */
    @Override
    public long timestampMicros() {
        return 0;
    }

    @Override
    public double declaredRate() {
        return 1e9 / period.get().toNanos();
    }

    @Override
    public void close() {
        client.close();
        decoder.close();
    }
}
