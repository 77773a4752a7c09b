package dev.wayside.config;

import java.util.Collection;
import java.util.Comparator;

/** Suggests the name that the user probably meant. */
public final class Suggestion {
    private static final int FARTHEST = 4;

    private Suggestion() {}

    /**
     * The end of a sentence about an unknown name.
     *
     * @return ". Did you mean …?" if a known name is similar, otherwise "."
     */
    public static String nearest(String unknown, Collection<String> known) {
        int farthest = Math.min(FARTHEST, (unknown.length() + 1) / 2);
        return known.stream()
                .filter(name -> distance(unknown, name) <= farthest)
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .map(name -> ". Did you mean " + name + "?")
                .orElse(".");
    }

    /** The Levenshtein distance: how many letters must be changed, added or removed. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
