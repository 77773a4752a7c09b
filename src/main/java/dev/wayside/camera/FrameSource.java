package dev.wayside.camera;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** One opened source of pictures, used by one thread. */
interface FrameSource extends AutoCloseable {

    /**
     * Opens what a url names.
     *
     * @param deadline ends a native call that waits for too long
     */
    static FrameSource open(CameraUrl url, Deadline deadline) throws CameraFailure {
        return url.kind() == CameraUrl.Kind.IMAGES
                ? new ImageFolderSource(url, deadline)
                : StreamSource.open(url, deadline);
    }

    /**
     * Waits for the next picture.
     *
     * @return the decoder's picture, valid until the next call
     */
    AVFrame next() throws CameraFailure;

    /** When the picture of the last {@link #next()} is due, in microseconds of the source's own clock, rising. */
    long timestampMicros();

    /** Pictures per second as the source declares them; 0 if it does not. */
    double declaredRate();

    @Override
    void close();
}
