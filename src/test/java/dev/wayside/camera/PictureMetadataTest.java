package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import dev.wayside.detect.Detector;
import dev.wayside.detect.ModelFolder;
import dev.wayside.frame.VideoFrame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata of pictures are applied: their orientation and their pixel aspect ratio. */
class PictureMetadataTest {
    private static final Path CLIP = TestCamera.HOME.resolve("samples/street.mp4");

    @TempDir
    Path folder;

    private static VideoFrame first(String url) throws CameraFailure {
        try (FrameSource source = TestCamera.open(url, new Deadline(Duration.ofSeconds(60)))) {
            return VideoFrame.reference(source.next(), Instant.EPOCH, 1);
        }
    }

    /** A different colour in each corner, in areas aligned with JPEG's blocks. */
    private static BufferedImage fourColours() {
        BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        List<Color> colours = List.of(Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);
        for (int i = 0; i < 4; i++) {
            graphics.setColor(colours.get(i));
            graphics.fillRect(i % 2 * 48, i / 2 * 32, 48, 32);
        }
        graphics.dispose();
        return image;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void rotatesAJpegByItsExifOrientation(int orientation) throws Exception {
        BufferedImage wanted = fourColours();
        byte[] jpeg = Pictures.encoded("jpg", Pictures.stored(wanted, orientation));
        Files.write(folder.resolve("a.jpg"), Pictures.withOrientation(jpeg, orientation));
        try (VideoFrame frame = first("images:" + folder)) {
            assertEquals("96x64", frame.width() + "x" + frame.height());
            BufferedImage shown = Pictures.shown(frame);
            for (int x : new int[] {10, 80}) {
                for (int y : new int[] {10, 50}) {
                    assertAlike(new Color(wanted.getRGB(x, y)), new Color(shown.getRGB(x, y)));
                }
            }
        }
    }

    private static void assertAlike(Color wanted, Color shown) {
        assertTrue(
                Math.abs(wanted.getRed() - shown.getRed()) < 16
                        && Math.abs(wanted.getGreen() - shown.getGreen()) < 16
                        && Math.abs(wanted.getBlue() - shown.getBlue()) < 16,
                () -> wanted + " became " + shown);
    }

    /** The numbers are the matrix of an MP4's track header, row by row without its third column. */
    @ParameterizedTest
    @CsvSource({"0,1,-1,0,8", "-1,0,0,-1,3", "0,-1,1,0,6", "-1,0,0,1,2", "1,0,0,-1,4", "0,1,1,0,5", "0,-1,-1,0,7"})
    void rotatesAVideoByItsDisplayMatrix(int xToX, int xToY, int yToX, int yToY, int orientation) throws Exception {
        Path turned = folder.resolve("turned.mp4");
        byte[] bytes = Files.readAllBytes(CLIP);
        // ISO/IEC 14496-12, 8.3.2: what stands before the matrix of a track header takes 40 bytes.
        int matrix = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 4 + 40;
        ByteBuffer.wrap(bytes)
                .putInt(matrix, xToX << 16)
                .putInt(matrix + 4, xToY << 16)
                .putInt(matrix + 12, yToX << 16)
                .putInt(matrix + 16, yToY << 16);
        Files.write(turned, bytes);
        try (VideoFrame upright = first(CLIP.toString());
                VideoFrame frame = first(turned.toString())) {
            // The matrix rotates like storing for this EXIF orientation, which is the inverse of showing it.
            BufferedImage wanted = Pictures.stored(Pictures.shown(upright), orientation);
            assertEquals(wanted.getWidth() + "x" + wanted.getHeight(), frame.width() + "x" + frame.height());
            assertArrayEquals(pixels(wanted), pixels(Pictures.shown(frame)));
        }
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 1280x480",
        "1, 2, 640x960",
        "16, 15, 683x480",
        "1, 1, 640x480",
        "0, 1, 640x480",
        // A ratio that no camera has means a damaged header.
        "1, 1000, 640x480"
    })
    void stretchesPixelsThatAreNotSquare(int wide, int high, String size) throws Exception {
        FFmpegLibraries.load();
        Path file = folder.resolve("wide.mov");
        assertTrue(Remux.sample("mov", file.toString(), () -> true, stream -> {
            stream.sample_aspect_ratio().num(wide).den(high);
            stream.codecpar().sample_aspect_ratio().num(wide).den(high);
        }));
        try (VideoFrame frame = first(file.toString())) {
            assertEquals(size, frame.width() + "x" + frame.height());
            assertEquals(frame.width(), Pictures.shown(frame).getWidth());
        }
    }

    @Test
    void ignoresThePrintDensityOfAJpeg() throws Exception {
        byte[] jpeg = Pictures.jpeg(64, 48);
        // JFIF's header: 300 dots an inch across, 150 down, as scanners write it. No viewer stretches it.
        ByteBuffer.wrap(jpeg).put(13, (byte) 1).putShort(14, (short) 300).putShort(16, (short) 150);
        Files.write(folder.resolve("a.jpg"), jpeg);
        try (VideoFrame frame = first("images:" + folder)) {
            assertEquals("64x48", frame.width() + "x" + frame.height());
        }
    }

    @Test
    void detectsTheSameInARotatedPicture() throws Exception {
        try (Detector detector = Detector.builder(ModelFolder.load(Path.of("models", "ssdlite-mobilenet-v2-coco")))
                        .open();
                VideoFrame clip = first("sample")) {
            BufferedImage street = Pictures.shown(clip);
            List<DetectedObject> upright = found(detector, street, 1);
            assertTrue(upright.stream()
                            .filter(object -> object.getClassName().equals("person"))
                            .count()
                    > 3);
            for (int orientation = 2; orientation <= 8; orientation++) {
                List<DetectedObject> turned = found(detector, street, orientation);
                String all = "orientation " + orientation + " gives " + turned;
                upright.stream()
                        .filter(object -> object.getProbability() > 0.6)
                        .forEach(object -> assertTrue(turned.stream().anyMatch(other -> alike(object, other)), all));
            }
        }
    }

    private static boolean alike(DetectedObject one, DetectedObject other) {
        Rectangle a = one.getBoundingBox().getBounds();
        Rectangle b = other.getBoundingBox().getBounds();
        return one.getClassName().equals(other.getClassName())
                && Math.abs(a.getX() - b.getX()) < 0.03
                && Math.abs(a.getY() - b.getY()) < 0.03
                && Math.abs(a.getWidth() - b.getWidth()) < 0.03
                && Math.abs(a.getHeight() - b.getHeight()) < 0.03;
    }

    private List<DetectedObject> found(Detector detector, BufferedImage shown, int orientation)
            throws IOException, CameraFailure {
        byte[] jpeg = Pictures.encoded("jpg", Pictures.stored(shown, orientation));
        Files.write(folder.resolve("street.jpg"), Pictures.withOrientation(jpeg, orientation));
        try (VideoFrame frame = first("images:" + folder)) {
            assertEquals("640x480", frame.width() + "x" + frame.height());
            DetectedObjects objects = detector.detect(frame).detections();
            return objects.items();
        }
    }
}
