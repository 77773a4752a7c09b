package dev.wayside.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Places the labels of a picture's boxes: beside or inside their own box, where they hide as little as possible of others.
 * No label covers another one, and all labels together cover at most a quarter of any other box. Where that is impossible,
 * there is no place. Not thread-safe.
 */
final class LabelPlacement {
    private static final int MOST_COVERED = 4;
    /** Hiding a pixel of the label's own object is this much less bad than hiding one of another. */
    private static final int OWN_PART = 4;

    private final int width;
    private final int height;
    private final List<Area> boxes;
    private final long[] covered;
    private final List<Area> placed = new ArrayList<>();

    /**
     * Starts without labels.
     *
     * @param width of the picture
     * @param height of the picture
     * @param boxes of all objects in the picture
     */
    LabelPlacement(int width, int height, List<Area> boxes) {
        this.width = width;
        this.height = height;
        this.boxes = boxes;
        this.covered = new long[boxes.size()];
    }

    /**
     * Finds the best place for a label and keeps it free of later ones.
     *
     * @param box the index of its box
     * @param labelWidth of the label
     * @param labelHeight of the label
     * @return empty if there is no room for it
     */
    Optional<Area> place(int box, int labelWidth, int labelHeight) {
        Area best = null;
        long least = Long.MAX_VALUE;
        for (Area candidate :
                candidates(boxes.get(box), labelWidth, labelHeight).toList()) {
            long hidden = hidden(candidate, box);
            if (hidden < least) {
                best = candidate;
                least = hidden;
            }
        }
        if (best != null) {
            placed.add(best);
            for (int i = 0; i < boxes.size(); i++) {
                covered[i] += i == box ? 0 : best.shared(boxes.get(i));
            }
        }
        return Optional.ofNullable(best);
    }

    /** In the order of preference: above, below, inside, to the left and to the right. */
    private Stream<Area> candidates(Area box, int w, int h) {
        int left = Math.max(0, Math.min(box.x(), width - w));
        int right = Math.max(0, Math.min(box.right() - w, width - w));
        int top = Math.max(0, box.y());
        int lowest = Math.min(height, box.bottom()) - h;
        return Stream.of(
                        new Area(left, box.y() - h, w, h),
                        new Area(right, box.y() - h, w, h),
                        new Area(left, box.bottom(), w, h),
                        new Area(right, box.bottom(), w, h),
                        new Area(left, top, w, h),
                        new Area(right, top, w, h),
                        new Area(left, lowest, w, h),
                        new Area(right, lowest, w, h),
                        new Area(box.x() - w, top, w, h),
                        new Area(box.right(), top, w, h),
                        new Area(box.x() - w, lowest, w, h),
                        new Area(box.right(), lowest, w, h),
                        new Area(left, box.y() - 2 * h, w, h),
                        new Area(left, box.bottom() + h, w, h))
                .filter(area -> area.x() >= 0 && area.y() >= 0 && area.right() <= width && area.bottom() <= height);
    }

    /** How many pixels of objects the label would hide; {@link Long#MAX_VALUE} if it may not be there. */
    private long hidden(Area label, int own) {
        if (placed.stream().anyMatch(other -> other.shared(label) > 0)) {
            return Long.MAX_VALUE;
        }
        long hidden = label.shared(boxes.get(own)) / OWN_PART;
        for (int i = 0; i < boxes.size(); i++) {
            long shared = i == own ? 0 : label.shared(boxes.get(i));
            if (shared > 0
                    && (covered[i] + shared) * MOST_COVERED > boxes.get(i).pixels()) {
                return Long.MAX_VALUE;
            }
            hidden += shared;
        }
        return hidden;
    }
}
