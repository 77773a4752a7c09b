package dev.wayside.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The box finder of the browser tests must not find boxes where none are drawn: the clip has red doors and green lawns.
 */
class DrawnBoxTest {
    private static final int FRAMES = 60;
    private static final int STEP = 5;

    @Test
    void findsNoBoxInPlainFrames() throws Exception {
        assertEquals(Map.of(), framesWithBox(new Boxes().detected()));
    }

    @Test
    void findsTheDrawnBoxesInEveryFrame() throws Exception {
        assertEquals(
                Map.of(DrawnBox.Colour.GREEN, FRAMES, DrawnBox.Colour.RED, FRAMES),
                framesWithBox(Boxes.carAndPerson()));
    }

    @Test
    void tellsWhereTheBoxIs() throws Exception {
        try (SampleFrames clip = new SampleFrames();
                Annotator annotator = new Annotator(80);
                VideoFrame frame = clip.next()) {
            Rectangle box = DrawnBox.find(picture(annotator, frame, Boxes.carAndPerson()), DrawnBox.Colour.RED)
                    .orElseThrow();
            assertTrue(Math.abs(box.x - 383) <= 3, "left edge at " + box);
            assertTrue(Math.abs(box.x + box.width - 447) <= 3, "right edge at " + box);
        }
    }

    /** The number of frames with a box, for each colour. */
    private static Map<DrawnBox.Colour, Integer> framesWithBox(DetectedObjects detections) throws Exception {
        Map<DrawnBox.Colour, Integer> found = new EnumMap<>(DrawnBox.Colour.class);
        try (SampleFrames clip = new SampleFrames();
                Annotator annotator = new Annotator(80)) {
            for (int i = 0; i < FRAMES * STEP; i++) {
                try (VideoFrame frame = clip.next()) {
                    if (i % STEP == 0) {
                        BufferedImage picture = picture(annotator, frame, detections);
                        for (DrawnBox.Colour colour : DrawnBox.Colour.values()) {
                            DrawnBox.find(picture, colour).ifPresent(box -> found.merge(colour, 1, Integer::sum));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static BufferedImage picture(Annotator annotator, VideoFrame frame, DetectedObjects detections)
            throws Exception {
        return ImageIO.read(new ByteArrayInputStream(annotator.jpeg(frame, detections, Overlay.SCORES)));
    }
}
