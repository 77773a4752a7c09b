package dev.wayside.live;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is drawn on a picture; each value includes the previous ones. A viewer chooses one of these few, so that a frame is
 * encoded at most four times, however many viewers there are.
 */
enum Overlay {
    /** The picture as the camera delivered it. */
    NONE,
    /** A box around each object. */
    BOXES,
    /** And its label. */
    LABELS,
    /** And its score, 0.00 to 1.00. */
    SCORES;

    /** The names that a viewer can ask for, for an error message. */
    static final String NAMES = Arrays.stream(values()).map(Overlay::toString).collect(Collectors.joining(", "));

    /** The overlay of this name; empty if there is none. */
    static Optional<Overlay> of(String name) {
        return Arrays.stream(values())
                .filter(overlay -> overlay.toString().equals(name))
                .findFirst();
    }

    boolean has(Overlay part) {
        return compareTo(part) >= 0;
    }

    /** The name in a URL, such as {@code boxes}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
