package dev.wayside.detect;

import java.util.Arrays;

/**
 * The boxes that a decoder found, and non-maximum suppression: it chooses the strongest boxes and drops those that
 * overlap a stronger one of the same class. The parallel arrays are reused from frame to frame.
 */
final class Candidates {
    private int size;
    private int[] classes = new int[64];
    private float[] scores = new float[64];
    /** Left, top, right and bottom of each box. */
    private float[] boxes = new float[4 * 64];
    /** Negated score bits in the upper half, index in the lower half: sorting this array sorts the boxes. */
    private long[] order = new long[64];

    private int[] chosen = new int[64];
    private int chosenSize;

    void clear() {
        size = 0;
        chosenSize = 0;
    }

    /** Adds a box. Ignores a box with a NaN, a negative score or no area: the output of a broken model. */
    void add(int classNumber, float score, float left, float top, float right, float bottom) {
        if (!(score >= 0) || !(right > left) || !(bottom > top)) {
            return;
        }
        if (size == scores.length) {
            grow();
        }
        classes[size] = classNumber;
        scores[size] = score;
        boxes[4 * size] = left;
        boxes[4 * size + 1] = top;
        boxes[4 * size + 2] = right;
        boxes[4 * size + 3] = bottom;
        size++;
    }

    /**
     * Chooses the strongest boxes. Equal scores keep the order in which they were added.
     *
     * @param iou overlap above which the weaker of two boxes of one class is dropped; 1 or more drops none
     * @param max the maximum number of boxes
     */
    void choose(float iou, int max) {
        for (int i = 0; i < size; i++) {
            // The bits of non-negative floats sort like the floats. Negation puts the strongest box first.
            order[i] = (-(long) Float.floatToRawIntBits(scores[i]) << 32) | i;
        }
        Arrays.sort(order, 0, size);
        chosenSize = 0;
        for (int i = 0; i < size && chosenSize < max; i++) {
            int candidate = (int) order[i];
            if (iou >= 1 || !isSuppressed(candidate, iou)) {
                chosen[chosenSize++] = candidate;
            }
        }
    }

    private boolean isSuppressed(int candidate, float iou) {
        for (int i = 0; i < chosenSize; i++) {
            int stronger = chosen[i];
            if (classes[stronger] == classes[candidate] && iou(stronger, candidate) > iou) {
                return true;
            }
        }
        return false;
    }

    private float iou(int a, int b) {
        float width = Math.min(right(a), right(b)) - Math.max(left(a), left(b));
        float height = Math.min(bottom(a), bottom(b)) - Math.max(top(a), top(b));
        if (width <= 0 || height <= 0) {
            return 0;
        }
        float both = width * height;
        return both / (area(a) + area(b) - both);
    }

    private float area(int i) {
        return (right(i) - left(i)) * (bottom(i) - top(i));
    }

    private void grow() {
        int capacity = 2 * scores.length;
        classes = Arrays.copyOf(classes, capacity);
        scores = Arrays.copyOf(scores, capacity);
        boxes = Arrays.copyOf(boxes, 4 * capacity);
        order = Arrays.copyOf(order, capacity);
        chosen = Arrays.copyOf(chosen, capacity);
    }

    int size() {
        return size;
    }

    /** How many were chosen. */
    int chosenSize() {
        return chosenSize;
    }

    /** The index of the {@code rank}-th strongest chosen box, for the accessors below. */
    int chosen(int rank) {
        return chosen[rank];
    }

    int classNumber(int i) {
        return classes[i];
    }

    float score(int i) {
        return scores[i];
    }

    float left(int i) {
        return boxes[4 * i];
    }

    float top(int i) {
        return boxes[4 * i + 1];
    }

    float right(int i) {
        return boxes[4 * i + 2];
    }

    float bottom(int i) {
        return boxes[4 * i + 3];
    }
}
