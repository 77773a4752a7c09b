package dev.wayside.camera;

import dev.wayside.failure.InvalidInputException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a {@link Camera} needs to know.
 *
 * @param name the camera's name in events, topics, logs and pages: letters, digits, {@code -} and {@code _}, at most 64
 * @param url where the pictures come from
 * @param period from one request to the next, if the camera returns one picture per request; more than 0
 * @param stallTimeout a source that brings no new picture for so long counts as failed and is opened anew; also the
 *     longest wait for a connection; at least 1 s
 * @param retryMin the pause before the first attempt after a failure; doubled with every further failure; more than 0
 * @param retryMax the longest pause between two attempts; at least {@code retryMin}
 */
public record CameraSettings(
        String name, CameraUrl url, Duration period, Duration stallTimeout, Duration retryMin, Duration retryMax) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration SHORTEST_STALL = Duration.ofSeconds(1);

    /**
     * Checks the settings.
     *
     * @throws InvalidInputException if one is out of its range; the message names it
     */
    public CameraSettings {
        Objects.requireNonNull(url, "url");
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException("'" + name + "' is no name for a camera: use letters, digits, - and _, at"
                    + " most 64 of them, for example front");
        }
        if (stallTimeout.compareTo(SHORTEST_STALL) < 0) {
            throw new InvalidInputException("camera " + name + ": the stall timeout is " + stallTimeout.toMillis()
                    + " ms, but must be at least 1 s");
        }
        if (period.isNegative() || period.isZero()) {
            throw new InvalidInputException(
                    "camera " + name + ": the period is " + period.toMillis() + " ms, but must be more than 0");
        }
        if (retryMin.isNegative() || retryMin.isZero() || retryMax.compareTo(retryMin) < 0) {
            throw new InvalidInputException("camera " + name + ": the pause between attempts goes from "
                    + retryMin.toMillis() + " ms to " + retryMax.toMillis()
                    + " ms, but the shortest must be more than 0 and not above the longest");
        }
    }

    /** Settings that suit most cameras: a request a second, stalled after 10 s, attempts every 0.5 s to 30 s. */
    public static CameraSettings of(String name, CameraUrl url) {
        return new CameraSettings(
                name,
                url,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }
}
