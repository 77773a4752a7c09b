package dev.wayside.detect;

/** A frame came to a {@link Detector} that was closed meanwhile: the application stops. */
public final class DetectorClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DetectorClosedException(String model) {
        super("The detector of " + model + " is closed.");
    }
}
