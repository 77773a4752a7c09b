package dev.wayside.frame;

import org.bytedeco.ffmpeg.global.avutil;

/** The order of the three bytes of a packed pixel. */
public enum PixelLayout {
    /** Red, green, blue: what most detection models are trained on. */
    RGB(avutil.AV_PIX_FMT_RGB24),
    /** Blue, green, red: OpenCV's order. */
    BGR(avutil.AV_PIX_FMT_BGR24);

    private final int pixelFormat;

    PixelLayout(int pixelFormat) {
        this.pixelFormat = pixelFormat;
    }

    int pixelFormat() {
        return pixelFormat;
    }
}
