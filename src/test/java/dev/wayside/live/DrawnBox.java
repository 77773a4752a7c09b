package dev.wayside.live;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds drawn boxes in a picture by their vertical edges: two columns of one colour, side by side at the same height.
 */
public final class DrawnBox {
    private static final int LEAST_HEIGHT = 30;
    private static final int LEAST_WIDTH = 8;

    private DrawnBox() {}

    /** A colour that a drawn line may have after JPEG and scaling. */
    public enum Colour {
        /** A car's. */
        GREEN,
        /** A person's. */
        RED;

        boolean matches(int rgb) {
            int red = rgb >> 16 & 255;
            int green = rgb >> 8 & 255;
            int blue = rgb & 255;
            int strong = this == GREEN ? green : red;
            int weak = this == GREEN ? red : green;
            return strong > 140 && strong > 1.6 * weak && strong > 1.6 * blue;
        }
    }

    /** The first box of the colour from the left; the filled tag of a label is too low to count as an edge. */
    public static Optional<Rectangle> find(BufferedImage picture, Colour colour) {
        List<Rectangle> edges = new ArrayList<>();
        for (int x = 0; x < picture.getWidth(); x++) {
            addEdges(picture, x, colour, edges);
        }
        for (Rectangle left : edges) {
            for (Rectangle right : edges) {
                int overlap = left.intersection(new Rectangle(left.x, right.y, 1, right.height)).height;
                if (right.x - left.x >= LEAST_WIDTH
                        && overlap > 0.8 * Math.max(left.height, right.height)
                        && !filled(picture, left, right, colour)) {
                    return Optional.of(left.union(right));
                }
            }
        }
        return Optional.empty();
    }

    private static void addEdges(BufferedImage picture, int x, Colour colour, List<Rectangle> edges) {
        int start = -1;
        for (int y = 0; y <= picture.getHeight(); y++) {
            boolean on = y < picture.getHeight() && colour.matches(picture.getRGB(x, y));
            if (on && start < 0) {
                start = y;
            } else if (!on && start >= 0) {
                if (y - start >= LEAST_HEIGHT) {
                    edges.add(new Rectangle(x, start, 1, y - start));
                }
                start = -1;
            }
        }
    }

    private static boolean filled(BufferedImage picture, Rectangle left, Rectangle right, Colour colour) {
        int middle = left.y + left.height / 2;
        for (int x = left.x; x <= right.x; x++) {
            if (!colour.matches(picture.getRGB(x, Math.min(middle, picture.getHeight() - 1)))) {
                return false;
            }
        }
        return true;
    }
}
