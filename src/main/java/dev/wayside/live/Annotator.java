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

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import dev.wayside.frame.FrameScaler;
import dev.wayside.frame.PixelLayout;
import dev.wayside.frame.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * a filled tag.
 *
 * <p>OpenCV is loaded for the first picture, so that startup without viewers does not pay for it. The pixel buffer is
 * reused while the size stays the same. Not thread-safe.
 */
public final class Annotator implements AutoCloseable {
    private static final int BOX_PIXELS = 2;
    private static final int TAG_MARGIN = 3;

    private final int quality;
    private final List<Tag> tags = new ArrayList<>();
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
     * @return a JPEG file's bytes
     * @throws IllegalStateException if OpenCV cannot encode the picture
     */
    public byte[] jpeg(VideoFrame frame, DetectedObjects detections) {
        draw(frame, detections);
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
    private void draw(VideoFrame frame, DetectedObjects detections) {
        allocate(frame.width(), frame.height());
        scaler.scale(frame, pixels.data(), pixels.cols(), pixels.rows(), Math.toIntExact(pixels.step(0)));
        tags.clear();
        for (int i = 0; i < detections.getNumberOfObjects(); i++) {
            // The many small native values of a box are freed with the scope, not by the garbage collector.
            try (PointerScope scope = new PointerScope()) {
                box(detections.item(i));
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

    private void box(DetectedObjects.DetectedObject object) {
        BoundingBox shape = object.getBoundingBox();
        Rectangle bounds = shape.getBounds();
        int left = column(bounds.getX());
        int top = row(bounds.getY());
        int right = column(bounds.getX() + bounds.getWidth());
        int bottom = row(bounds.getY() + bounds.getHeight());
        LabelColour colour = LabelColour.of(object.getClassName());
        rectangle(pixels, new Point(left, top), new Point(right, bottom), scalar(colour), BOX_PIXELS, LINE_8, 0);
        String text = object.getClassName() + " " + String.format(Locale.ROOT, "%.2f", object.getProbability());
        tag(text, left, top, colour);
    }

    /** Draws the tag on top of the box's upper edge, or inside the box if there is no room above. */
    private void tag(String text, int left, int top, LabelColour colour) {
        double scale = Math.min(1.2, Math.max(0.42, pixels.rows() / 1100.0));
        int stroke = scale > 0.8 ? 2 : 1;
        IntPointer baseline = new IntPointer(1);
        Size size = getTextSize(text, FONT_HERSHEY_SIMPLEX, scale, stroke, baseline);
        int width = size.width() + 2 * TAG_MARGIN;
        int height = size.height() + baseline.get() + TAG_MARGIN;
        int x = Math.max(0, Math.min(left - BOX_PIXELS / 2, pixels.cols() - width));
        int y = place(x, top >= height ? top - height : top, width, height);
        rectangle(pixels, new Point(x, y), new Point(x + width, y + height), scalar(colour), FILLED, LINE_8, 0);
        putText(
                pixels,
                text,
                new Point(x + TAG_MARGIN, y + size.height() + TAG_MARGIN),
                FONT_HERSHEY_SIMPLEX,
                scale,
                scalar(colour.text()),
                stroke,
                LINE_AA,
                false);
    }

    /** Stacks the tags of neighbouring boxes upwards, as far as there is room, so that each stays readable. */
    private int place(int x, int wanted, int width, int height) {
        Tag tag = new Tag(x, wanted, width, height);
        while (tag.y >= height && tags.stream().anyMatch(tag::overlaps)) {
            tag = new Tag(x, tag.y - height, width, height);
        }
        tags.add(tag);
        return tag.y;
    }

    private record Tag(int x, int y, int width, int height) {
        boolean overlaps(Tag other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }
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
