package dev.wayside.detect;

import java.util.Arrays;

/**
 * Boxes that a decoder found, as parallel arrays that are kept from frame to frame, and the choice among them: strongest first,
 * without those that overlap a stronger one of their class.
 */
final class Candidates {
    private int size;
    private int[] classes = new int[64];
    private float[] scores = new float[64];
    /** left, top, right, bottom of each box. */
    private float[] boxes = new float[4 * 64];
    /** Score bits above, place below: sorting it sorts the boxes. */
    private long[] order = new long[64];

    private int[] chosen = new int[64];
    private int chosenSize;

    void clear() {
        size = 0;
        chosenSize = 0;
    }

    /** Adds a box; one that is not a number (a broken model's output) is left out. */
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
     * @param most how many to choose at most
     */
    void choose(float iou, int most) {
        for (int i = 0; i < size; i++) {
            // The bits of floats that are not negative rise with the floats; negated, the strongest sorts first.
            order[i] = (-(long) Float.floatToRawIntBits(scores[i]) << 32) | i;
        }
        Arrays.sort(order, 0, size);
        chosenSize = 0;
        for (int i = 0; i < size && chosenSize < most; i++) {
            int candidate = (int) order[i];
            if (iou >= 1 || !isCovered(candidate, iou)) {
                chosen[chosenSize++] = candidate;
            }
        }
    }

    private boolean isCovered(int candidate, float iou) {
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

    /** The place of the {@code rank}-th strongest chosen box, for the accessors below. */
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
