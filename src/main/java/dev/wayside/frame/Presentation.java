package dev.wayside.frame;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;

/**
 * How a decoded picture is shown: a display matrix (of an MP4, of a JPEG's EXIF orientation, of an H.264 stream) turns or
 * mirrors it, and a sample aspect ratio stretches it to square pixels. Pixels are never merged: one side is enlarged, as
 * in browsers.
 *
 * @param width as shown, pixels
 * @param height as shown, pixels
 * @param transposed whether the decoder's rows become columns; mirroring comes afterwards
 * @param mirroredX whether left and right are swapped
 * @param mirroredY whether top and bottom are swapped
 */
public record Presentation(int width, int height, boolean transposed, boolean mirroredX, boolean mirroredY) {
    /** A larger ratio is a damaged header; the largest in any standard is 80:33. */
    private static final double WIDEST_PIXEL = 4;

    private static final int LONGEST_SIDE = 16384;

    /** How this picture is shown, from the metadata that the decoder attached to it. */
    public static Presentation of(AVFrame picture) {
        int width = picture.width();
        int height = picture.height();
        double pixel = pixelAspect(picture);
        if (pixel > 1) {
            width = (int) Math.min(LONGEST_SIDE, Math.round(width * pixel));
        } else if (pixel < 1) {
            height = (int) Math.min(LONGEST_SIDE, Math.round(height / pixel));
        }
        AVFrameSideData matrix =
                picture.nb_side_data() == 0 ? null : av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX);
        return matrix == null
                ? new Presentation(width, height, false, false, false)
                : turned(width, height, new IntPointer(matrix.data()));
    }

    private static double pixelAspect(AVFrame picture) {
        AVRational ratio = picture.sample_aspect_ratio();
        if (ratio.num() <= 0 || ratio.den() <= 0) {
            return 1;
        }
        double pixel = (double) ratio.num() / ratio.den();
        return pixel > WIDEST_PIXEL || pixel < 1 / WIDEST_PIXEL ? 1 : pixel;
    }

    /**
     * FFmpeg's matrix maps (x, y) to (x·m[0] + y·m[3], x·m[1] + y·m[4]). Any other angle becomes the nearest quarter
     * turn.
     */
    private static Presentation turned(int width, int height, IntPointer matrix) {
        long xToX = matrix.get(0);
        long xToY = matrix.get(1);
        long yToX = matrix.get(3);
        long yToY = matrix.get(4);
        return Math.abs(xToX) + Math.abs(yToY) >= Math.abs(xToY) + Math.abs(yToX)
                ? new Presentation(width, height, false, xToX < 0, yToY < 0)
                : new Presentation(height, width, true, yToX < 0, xToY < 0);
    }

    /** Whether the decoder's rows are shown unchanged. */
    public boolean upright() {
        return !transposed && !mirroredX && !mirroredY;
    }
}
