package dev.wayside.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnotatorTest {
    private final Annotator annotator = new Annotator(95);
    private SampleFrames clip;
    private VideoFrame frame;

    @BeforeEach
    void openClip() throws Exception {
        clip = new SampleFrames();
        frame = clip.next();
    }

    @AfterEach
    void closeAll() throws Exception {
        frame.close();
        clip.close();
        annotator.close();
    }

    @Test
    void drawsCarsGreenAndPeopleRedOnTheirBoxes() throws Exception {
        BufferedImage picture = picture(Boxes.carAndPerson());
        assertEquals(640, picture.getWidth());
        assertEquals(480, picture.getHeight());
        // The car's box is 0.10, 0.30, 0.30 wide, 0.25 high: its lower edge is at row 263, its right one at column 256.
        assertTrue(isGreen(picture, 160, 263), "lower edge of the car's box");
        assertTrue(isGreen(picture, 256, 200), "right edge of the car's box");
        assertTrue(isRed(picture, 416, 359), "lower edge of the person's box");
        assertTrue(isRed(picture, 447, 300), "right edge of the person's box");
    }

    @Test
    void leavesThePictureInsideTheBoxesAsItWas() throws Exception {
        BufferedImage plain = picture(new Boxes().detected());
        BufferedImage drawn = picture(Boxes.carAndPerson());
        assertEquals(0, differentPixels(plain, drawn, 80, 160, 160, 80), "inside the car's box");
        assertTrue(differentPixels(plain, drawn, 60, 140, 200, 130) > 500, "the box itself");
    }

    @Test
    void writesTheLabelOnAFilledTagAboveTheBox() throws Exception {
        BufferedImage picture = picture(Boxes.carAndPerson());
        int green = greenPixels(picture);
        int black = 0;
        for (int x = 66; x < 120; x++) {
            for (int y = 130; y < 143; y++) {
                black += brightness(picture, x, y) < 100 ? 1 : 0;
            }
        }
        assertTrue(green > 200, green + " green pixels on the tag");
        assertTrue(black > 30, black + " black pixels of text on the tag");
    }

    private static int redPixels(BufferedImage picture, int left, int top, int width, int height) {
        int red = 0;
        for (int x = left; x < left + width; x++) {
            for (int y = top; y < top + height; y++) {
                red += isRed(picture, x, y) ? 1 : 0;
            }
        }
        return red;
    }

    /** Those of the tag above the car's box. */
    private static int greenPixels(BufferedImage picture) {
        int green = 0;
        for (int x = 66; x < 130; x++) {
            for (int y = 130; y < 143; y++) {
                green += isGreen(picture, x, y) ? 1 : 0;
            }
        }
        return green;
    }

    @Test
    void placesTheTagsOfNeighboursSideBySide() throws Exception {
        BufferedImage picture = picture(new Boxes()
                .with("car", 0.9, 0.50, 0.50, 0.05, 0.2)
                .with("person", 0.8, 0.52, 0.50, 0.05, 0.2)
                .detected());
        assertTrue(isGreen(picture, 321, 231), "the car's tag stands on its box");
        assertTrue(redPixels(picture, 331, 338, 60, 11) > 250, "the person's tag hangs below its box");
    }

    @Test
    void drawsOnlyWhatTheViewerWants() throws Exception {
        byte[] clean = annotator.jpeg(frame, Boxes.carAndPerson(), Overlay.NONE);
        assertArrayEquals(clean, annotator.jpeg(frame, new Boxes().detected(), Overlay.SCORES));
        BufferedImage boxes = picture(Boxes.carAndPerson(), Overlay.BOXES);
        assertTrue(isGreen(boxes, 160, 263), "the car's box");
        assertEquals(0, differentPixels(picture(new Boxes().detected()), boxes, 66, 125, 60, 16), "and no tag");
        int label = greenPixels(picture(Boxes.carAndPerson(), Overlay.LABELS));
        int score = greenPixels(picture(Boxes.carAndPerson()));
        assertTrue(label > 100 && score > label + 100, "a tag of " + label + ", with its score " + score);
    }

    @Test
    void clipsTagsAndBoxesToThePicture() throws Exception {
        DetectedObjects edges = new Boxes()
                .with("car", 0.9, -0.2, -0.1, 0.5, 0.4)
                .with("person", 0.9, 0.98, 0.5, 0.2, 0.9)
                .detected();
        BufferedImage picture = picture(edges);
        assertTrue(isGreen(picture, 100, 0), "upper edge");
        assertTrue(isRed(picture, 639, 400), "right edge");
        assertTrue(redPixels(picture, 570, 226, 69, 12) > 250, "the tag of a box at the right edge stands left of it");
    }

    @Test
    void adaptsToANewFrameSize() throws Exception {
        byte[] before = annotator.jpeg(frame, Boxes.carAndPerson(), Overlay.SCORES);
        try (VideoFrame grey = greyFrame(321, 179)) {
            BufferedImage picture =
                    ImageIO.read(new ByteArrayInputStream(annotator.jpeg(grey, Boxes.carAndPerson(), Overlay.SCORES)));
            assertEquals(321, picture.getWidth());
            assertEquals(179, picture.getHeight());
            assertTrue(isGreen(picture, 80, 98), "lower edge of the car's box");
        }
        assertArrayEquals(
                before,
                annotator.jpeg(frame, Boxes.carAndPerson(), Overlay.SCORES),
                "the same picture, the same bytes");
    }

    @Test
    void refusesAnImpossibleQuality() {
        assertEquals(
                "the JPEG quality must be 1 to 100, not 0",
                assertThrows(IllegalArgumentException.class, () -> new Annotator(0))
                        .getMessage());
    }

    @Test
    void givesOtherClassesSteadyColoursThatAreNeitherGreenNorRed() {
        for (String label : new String[] {"bus", "bicycle", "motorcycle", "truck", "dog", "traffic light"}) {
            LabelColour colour = LabelColour.of(label);
            assertEquals(colour, LabelColour.of(label));
            assertTrue(colour.blue() > 100 || colour.red() > 200 && colour.green() > 150, label + " " + colour);
        }
    }

    private static VideoFrame greyFrame(int width, int height) {
        AVFrame picture = avutil.av_frame_alloc();
        try {
            picture.format(avutil.AV_PIX_FMT_GRAY8).width(width).height(height);
            assertEquals(0, avutil.av_frame_get_buffer(picture, 0));
            Pointer.memset(picture.data(0), 90, (long) picture.linesize(0) * height);
            return VideoFrame.reference(picture, Instant.now(), 0);
        } finally {
            avutil.av_frame_free(picture);
        }
    }

    private BufferedImage picture(DetectedObjects detections) throws IOException {
        return picture(detections, Overlay.SCORES);
    }

    private BufferedImage picture(DetectedObjects detections, Overlay overlay) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(annotator.jpeg(frame, detections, overlay)));
    }

    private static boolean isGreen(BufferedImage picture, int x, int y) {
        int rgb = picture.getRGB(x, y);
        return (rgb >> 8 & 255) > 170 && (rgb >> 16 & 255) < 100 && (rgb & 255) < 100;
    }

    private static boolean isRed(BufferedImage picture, int x, int y) {
        int rgb = picture.getRGB(x, y);
        return (rgb >> 16 & 255) > 170 && (rgb >> 8 & 255) < 100 && (rgb & 255) < 100;
    }

    private static int brightness(BufferedImage picture, int x, int y) {
        int rgb = picture.getRGB(x, y);
        return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
    }

    private static int differentPixels(BufferedImage a, BufferedImage b, int left, int top, int width, int height) {
        int different = 0;
        for (int x = left; x < left + width; x++) {
            for (int y = top; y < top + height; y++) {
                different += Math.abs(brightness(a, x, y) - brightness(b, x, y)) > 20 ? 1 : 0;
            }
        }
        return different;
    }
}
