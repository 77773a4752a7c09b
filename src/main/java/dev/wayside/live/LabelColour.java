package dev.wayside.live;

/**
 * The colour of a class of objects, the same in the picture and on the page: cars green and people red as in SMARTER's
 * demo; every other class has a fixed colour, chosen by its name.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record LabelColour(int red, int green, int blue) {
    private static final LabelColour CAR = new LabelColour(0, 255, 0);
    private static final LabelColour PERSON = new LabelColour(255, 0, 0);
    /** Colours that cannot be mistaken for the green of a car or the red of a person. */
    private static final LabelColour[] OTHERS = {
        new LabelColour(77, 166, 255),
        new LabelColour(255, 214, 10),
        new LabelColour(255, 128, 255),
        new LabelColour(0, 224, 224),
        new LabelColour(178, 132, 255),
        new LabelColour(255, 159, 64),
    };

    /** The colour of a label, the same in every run. */
    public static LabelColour of(String label) {
        return switch (label) {
            case "car" -> CAR;
            case "person" -> PERSON;
            default -> OTHERS[Math.floorMod(label.hashCode(), OTHERS.length)];
        };
    }

    /** Black or white, whichever is easier to read on this colour (WCAG 2 contrast). */
    public LabelColour text() {
        double luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        boolean black = (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05);
        return black ? new LabelColour(0, 0, 0) : new LabelColour(255, 255, 255);
    }

    /** The colour in CSS notation: {@code #rrggbb}. */
    public String css() {
        return String.format("#%02x%02x%02x", red, green, blue);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
