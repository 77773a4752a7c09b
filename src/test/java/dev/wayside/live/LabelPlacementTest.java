package dev.wayside.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LabelPlacementTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final Area PICTURE = new Area(0, 0, WIDTH, HEIGHT);

    @Test
    void standsOnItsBoxIfThereIsRoom() {
        assertEquals(Optional.of(new Area(100, 185, 50, 15)), place(new Area(100, 200, 80, 90)));
    }

    @Test
    void hangsBelowABoxAtTheUpperEdge() {
        assertEquals(Optional.of(new Area(100, 90, 50, 15)), place(new Area(100, 0, 80, 90)));
    }

    @Test
    void liesInsideABoxThatFillsThePicture() {
        assertEquals(Optional.of(new Area(0, 0, 50, 15)), place(PICTURE));
    }

    @Test
    void staysInThePicture() {
        assertEquals(Optional.of(new Area(590, 185, 50, 15)), place(new Area(620, 200, 40, 90)));
    }

    @Test
    void leavesTheBoxAboveVisible() {
        List<Area> boxes = List.of(new Area(100, 100, 50, 20), new Area(100, 122, 50, 60));
        assertEquals(
                Optional.of(new Area(100, 182, 50, 15)),
                new LabelPlacement(WIDTH, HEIGHT, boxes).place(1, 50, 15),
                "above, it would hide the first box");
    }

    @Test
    void hasNoPlaceIfItWouldHideOthersEverywhere() {
        List<Area> boxes = new ArrayList<>();
        for (int x = 0; x < WIDTH; x += 8) {
            for (int y = 0; y < HEIGHT; y += 8) {
                boxes.add(new Area(x, y, 8, 8));
            }
        }
        LabelPlacement placement = new LabelPlacement(WIDTH, HEIGHT, boxes);
        assertEquals(Optional.empty(), placement.place(1000, 50, 15));
    }

    /** Twenty people and cars at random places, as on a market square. */
    @RepeatedTest(20)
    void inACrowdNoLabelHidesAnotherOrMoreThanAQuarterOfABox(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Area> boxes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int height = 30 + random.nextInt(80);
            int width = i % 3 == 0 ? 2 * height : height / 2;
            boxes.add(new Area(150 + random.nextInt(300), 150 + random.nextInt(150), width, height));
        }
        LabelPlacement placement = new LabelPlacement(WIDTH, HEIGHT, boxes);
        List<Optional<Area>> labels = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            labels.add(placement.place(i, 62, 13));
        }
        long placed = labels.stream().flatMap(Optional::stream).count();
        assertTrue(placed >= 10, placed + " labels are shown");
        for (int i = 0; i < labels.size(); i++) {
            assertHidesNothing(labels, i);
            assertMostlyVisible(boxes, labels, i);
        }
    }

    private static void assertHidesNothing(List<Optional<Area>> labels, int index) {
        labels.get(index).ifPresent(label -> {
            assertEquals(label.pixels(), label.shared(PICTURE), "inside the picture");
            for (int i = 0; i < index; i++) {
                assertEquals(0, labels.get(i).map(label::shared).orElse(0L));
            }
        });
    }

    private static void assertMostlyVisible(List<Area> boxes, List<Optional<Area>> labels, int box) {
        long hidden = 0;
        for (int i = 0; i < labels.size(); i++) {
            hidden += i == box ? 0 : labels.get(i).map(boxes.get(box)::shared).orElse(0L);
        }
        assertTrue(hidden * 4 <= boxes.get(box).pixels(), hidden + " pixels of " + boxes.get(box) + " are hidden");
    }

    private static Optional<Area> place(Area box) {
        return new LabelPlacement(WIDTH, HEIGHT, List.of(box)).place(0, 50, 15);
    }
}
