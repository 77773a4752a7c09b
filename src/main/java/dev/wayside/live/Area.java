package dev.wayside.live;

/**
 * A rectangle of pixels.
 *
 * @param x of its left column
 * @param y of its top row
 */
record Area(int x, int y, int width, int height) {
    int right() {
        return x + width;
    }

    int bottom() {
        return y + height;
    }

    /** The number of pixels that two areas share. */
    long shared(Area other) {
        long columns = Math.min(right(), other.right()) - Math.max(x, other.x);
        long rows = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        return columns > 0 && rows > 0 ? columns * rows : 0;
    }

    long pixels() {
        return (long) width * height;
    }
}
