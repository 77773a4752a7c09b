package dev.wayside.live;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import dev.wayside.frame.FrameScaler;
import dev.wayside.frame.PixelLayout;
import dev.wayside.frame.VideoFrame;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Draws detections onto a picture and encodes it as JPEG: a box of 2 px around each object, with its label and score on
 * a small filled tag. {@link LabelPlacement} says where the tag is. If there is no room for both, the score is left out;
 * if there is none for the label either, the box has none.
 *
 * <p>OpenCV is loaded for the first picture, so that startup without viewers does not pay for it. The pixel buffer is
 * reused while the size stays the same. Not thread-safe.
 */
public final class Annotator implements AutoCloseable {
    private static final int BOX_PIXELS = 2;
    private static final int TAG_MARGIN = 2;
    private static final double SMALLEST_TEXT = 0.36;
    private static final double LARGEST_TEXT = 1.2;
    /** The height of a picture in pixels at which the text has OpenCV's own size. */
    private static final double ROWS_OF_FULL_SIZE = 1300;

    private final int quality;
    private FrameScaler scaler;
    private IntPointer options;
    private Mat pixels;

    /**
     * Creates an annotator; allocates nothing before the first picture.
     *
     * @param quality of the JPEG, 1 (small) to 100 (best)
     * @throws IllegalArgumentException if the quality is outside 1 to 100
     */
    public Annotator(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("the JPEG quality must be 1 to 100, not " + quality);
        }
        this.quality = quality;
    }

    /**
     * Loads OpenCV, once per process. This takes half a second on a laptop and longer on a small board. {@link #jpeg}
     * does it too, but then the pipeline waits.
     *
     * @throws LinkageError if this machine lacks something that OpenCV needs
     */
    static void load() {
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_imgcodecs.class);
    }

    /**
     * Draws and encodes one picture at the frame's own size.
     *
     * @param frame the picture; the caller keeps ownership
     * @param detections the objects in it; boxes are fractions of the picture's width and height, 0 to 1
     * @param overlay what to draw of them
     * @return a JPEG file's bytes
     * @throws IllegalStateException if OpenCV cannot encode the picture
     */
    byte[] jpeg(VideoFrame frame, DetectedObjects detections, Overlay overlay) {
        draw(frame, detections, overlay);
        try (BytePointer encoded = new BytePointer()) {
            if (!imencode(".jpg", pixels, encoded, options)) {
                throw new IllegalStateException(
                        "OpenCV could not encode a picture of " + frame.width() + "x" + frame.height() + " as JPEG");
            }
            byte[] jpeg = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(jpeg);
            return jpeg;
        }
    }

    @SuppressWarnings("try")
    private void draw(VideoFrame frame, DetectedObjects detections, Overlay overlay) {
        allocate(frame.width(), frame.height());
        scaler.scale(frame, pixels.data(), pixels.cols(), pixels.rows(), Math.toIntExact(pixels.step(0)));
        if (!overlay.has(Overlay.BOXES)) {
            return;
        }
        // The many small native values of a box are freed with the scope, not by the garbage collector.
        try (PointerScope scope = new PointerScope()) {
            List<DetectedObjects.DetectedObject> objects = detections.items();
            List<Area> boxes = objects.stream().map(this::box).toList();
            if (overlay.has(Overlay.LABELS)) {
                LabelPlacement placement = new LabelPlacement(pixels.cols(), pixels.rows(), boxes);
                for (int i = 0; i < boxes.size(); i++) {
                    label(objects.get(i), overlay, placement, i);
                }
            }
        }
    }

    private void allocate(int width, int height) {
        if (scaler == null) {
            scaler = new FrameScaler(PixelLayout.BGR);
            options = new IntPointer(IMWRITE_JPEG_QUALITY, quality);
            pixels = new Mat();
        }
        pixels.create(height, width, CV_8UC3);
    }

    private Area box(DetectedObjects.DetectedObject object) {
        Rectangle bounds = object.getBoundingBox().getBounds();
        int left = column(bounds.getX());
        int top = row(bounds.getY());
        int right = column(bounds.getX() + bounds.getWidth());
        int bottom = row(bounds.getY() + bounds.getHeight());
        LabelColour colour = LabelColour.of(object.getClassName());
        rectangle(pixels, new Point(left, top), new Point(right, bottom), scalar(colour), BOX_PIXELS, LINE_8, 0);
        // Half of the line is outside.
        return new Area(
                left - BOX_PIXELS / 2, top - BOX_PIXELS / 2, right - left + BOX_PIXELS, bottom - top + BOX_PIXELS);
    }

    /** Draws the label with its score, or without if only that has room. */
    private void label(DetectedObjects.DetectedObject object, Overlay overlay, LabelPlacement placement, int box) {
        String label = object.getClassName();
        LabelColour colour = LabelColour.of(label);
        boolean drawn = overlay.has(Overlay.SCORES)
                && tag(
                        label + " " + String.format(Locale.ROOT, "%.2f", object.getProbability()),
                        colour,
                        placement,
                        box);
        if (!drawn) {
            tag(label, colour, placement, box);
        }
    }

    private boolean tag(String text, LabelColour colour, LabelPlacement placement, int box) {
        double scale = Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT, pixels.rows() / ROWS_OF_FULL_SIZE));
        int stroke = scale > 0.8 ? 2 : 1;
        IntPointer baseline = new IntPointer(1);
        Size size = getTextSize(text, FONT_HERSHEY_SIMPLEX, scale, stroke, baseline);
        Optional<Area> place = placement.place(
                box, size.width() + 2 * TAG_MARGIN, size.height() + baseline.get() / 2 + 2 * TAG_MARGIN);
        place.ifPresent(tag -> {
            Point corner = new Point(tag.right() - 1, tag.bottom() - 1);
            rectangle(pixels, new Point(tag.x(), tag.y()), corner, scalar(colour), FILLED, LINE_8, 0);
            putText(
                    pixels,
                    text,
                    new Point(tag.x() + TAG_MARGIN, tag.y() + size.height() + TAG_MARGIN),
                    FONT_HERSHEY_SIMPLEX,
                    scale,
                    scalar(colour.text()),
                    stroke,
                    LINE_AA,
                    false);
        });
        return place.isPresent();
    }

    private int column(double part) {
        return (int) Math.round(Math.max(0, Math.min(1, part)) * (pixels.cols() - 1));
    }

    private int row(double part) {
        return (int) Math.round(Math.max(0, Math.min(1, part)) * (pixels.rows() - 1));
    }

    private static Scalar scalar(LabelColour colour) {
        return new Scalar(colour.blue(), colour.green(), colour.red(), 0);
    }

    @Override
    public void close() {
        if (scaler != null) {
            scaler.close();
            options.close();
            pixels.close();
            scaler = null;
        }
    }
}
