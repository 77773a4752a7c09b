package dev.wayside;

import java.util.BitSet;

/** Compares a text of the code with a page, or the other way round: values and names in between do not count. */
final class Coverage {
    /** The rest are example values. */
    private static final double MOST = 0.75;
    /** A match of this many characters is not a coincidence. */
    private static final int RUN = 8;

    private Coverage() {}

    /** Whether most of a part consists of runs of characters that are in the whole. */
    static boolean isQuoted(String part, String whole) {
        int length = Math.min(RUN, part.length());
        BitSet said = new BitSet();
        for (int i = 0; i + length <= part.length(); i++) {
            if (whole.contains(part.substring(i, i + length))) {
                said.set(i, i + length);
            }
        }
        return said.cardinality() >= MOST * part.length();
    }
}
