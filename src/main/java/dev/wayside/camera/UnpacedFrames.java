package dev.wayside.camera;

import dev.wayside.frame.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The built-in sample clip in a loop, as fast as it is read: with a camera's decoder, but without its thread and pace.
 * For benchmarks. Used by one thread.
 */
public final class UnpacedFrames implements AutoCloseable {
    private final Deadline deadline = new Deadline(Duration.ofSeconds(10));
    private final FrameSource source;
    private long sequence;

    /**
     * Opens the clip.
     *
     * @param home the folder Wayside is installed in
     * @throws IOException if it cannot be opened
     */
    public UnpacedFrames(Path home) throws IOException {
        try {
            source = StreamSource.open(CameraUrl.parse("sample", home), deadline);
        } catch (CameraFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Decodes the next frame; the first follows the last.
     *
     * @return a frame that the caller must close
     * @throws IOException if it cannot be decoded
     */
    public VideoFrame next() throws IOException {
        deadline.restart();
        try {
            return VideoFrame.reference(source.next(), Instant.now(), ++sequence);
        } catch (CameraFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
