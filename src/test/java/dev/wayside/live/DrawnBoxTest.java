package dev.wayside.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Optional;
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
        assertEquals(0, framesWithBox(new Boxes().detected(), DrawnBox.Colour.GREEN), "green");
        assertEquals(0, framesWithBox(new Boxes().detected(), DrawnBox.Colour.RED), "red");
    }

    @Test
    void findsTheDrawnBoxesInEveryFrame() throws Exception {
        assertEquals(FRAMES, framesWithBox(Boxes.carAndPerson(), DrawnBox.Colour.GREEN), "green");
        assertEquals(FRAMES, framesWithBox(Boxes.carAndPerson(), DrawnBox.Colour.RED), "red");
    }

    @Test
    void tellsWhereTheBoxIs() throws Exception {
        try (SampleFrames clip = new SampleFrames();
                Annotator annotator = new Annotator(80);
                VideoFrame frame = clip.next()) {
            Rectangle box = find(annotator, frame, Boxes.carAndPerson(), DrawnBox.Colour.RED)
                    .orElseThrow();
            assertTrue(Math.abs(box.x - 383) <= 3, "left edge at " + box);
            assertTrue(Math.abs(box.x + box.width - 447) <= 3, "right edge at " + box);
        }
    }

    private static int framesWithBox(DetectedObjects detections, DrawnBox.Colour colour) throws Exception {
        int found = 0;
        try (SampleFrames clip = new SampleFrames();
                Annotator annotator = new Annotator(80)) {
            for (int i = 0; i < FRAMES * STEP; i++) {
                try (VideoFrame frame = clip.next()) {
                    if (i % STEP == 0) {
                        found += find(annotator, frame, detections, colour).isPresent() ? 1 : 0;
                    }
                }
            }
        }
        return found;
    }

    private static Optional<Rectangle> find(
            Annotator annotator, VideoFrame frame, DetectedObjects detections, DrawnBox.Colour colour)
            throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(annotator.jpeg(frame, detections)));
        return DrawnBox.find(picture, colour);
    }
}
