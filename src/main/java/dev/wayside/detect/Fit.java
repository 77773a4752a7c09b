package dev.wayside.detect;

import java.util.List;

/**
 * How a picture is fitted into an input of another aspect ratio.
 *
 * @param letterbox false: stretched to the input's size; true: scaled with its aspect ratio kept, and padded
 * @param pad the value of the padding in every colour, 0..255
 * @param centred whether a letterboxed picture is centred rather than at the top left
 */
public record Fit(boolean letterbox, int pad, boolean centred) {
    /** Stretched to the input's size. */
    public static final Fit STRETCH = new Fit(false, 0, false);

    static Fit from(YamlSection yaml) {
        if (yaml.choice("fit", List.of("stretch", "letterbox"), "stretch").equals("stretch")) {
            return STRETCH;
        }
        int pad = yaml.whole("pad", 0, 255);
        String anchor = yaml.choice("anchor", List.of("top-left", "centre"));
        return new Fit(true, pad, anchor.equals("centre"));
    }

    /**
     * Where the picture is placed in the input.
     *
     * @param frameWidth of the picture, pixels
     * @param frameHeight of the picture, pixels
     * @param inputWidth of the model's input, pixels
     * @param inputHeight of the model's input, pixels
     */
    Placement place(int frameWidth, int frameHeight, int inputWidth, int inputHeight) {
        if (!letterbox) {
            return new Placement(0, 0, inputWidth, inputHeight);
        }
        double scale = Math.min((double) inputWidth / frameWidth, (double) inputHeight / frameHeight);
        int width = Math.max(1, Math.min(inputWidth, (int) Math.round(frameWidth * scale)));
        int height = Math.max(1, Math.min(inputHeight, (int) Math.round(frameHeight * scale)));
        int left = centred ? (inputWidth - width) / 2 : 0;
        int top = centred ? (inputHeight - height) / 2 : 0;
        return new Placement(left, top, width, height);
    }

    /** The rectangle of the input, in pixels, that shows the picture. */
    record Placement(int left, int top, int width, int height) {}
}
