package dev.wayside.camera;

import dev.wayside.failure.InvalidInputException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a camera is, and how long to wait for it.
 *
 * @param name the camera's name in events, topics, logs and pages: letters, digits, {@code -} and {@code _}, at most 64
 * @param url the source of the pictures
 * @param period the time between two requests, if the camera returns one picture per request; more than 0
 * @param stallTimeout a source without a new picture for this long counts as failed and is reopened; also the timeout
 *     for connecting; at least 1 s
 * @param retryMin the pause before the first retry; it doubles with each further failure; more than 0
 * @param retryMax the longest pause between two attempts; at least {@code retryMin}
 */
public record CameraSettings(
        String name, CameraUrl url, Duration period, Duration stallTimeout, Duration retryMin, Duration retryMax) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration SHORTEST_STALL = Duration.ofSeconds(1);

    /**
     * Checks the settings.
     *
     * @throws InvalidInputException if one is out of range; the message names it
     */
    public CameraSettings {
        Objects.requireNonNull(url, "url");
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException("'" + name + "' is not a valid name for a camera: use at most 64"
                    + " letters, digits, - and _, for example front");
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

    /**
     * Settings that suit most cameras: one request per second, a stall timeout of 10 s, retries after 0.5 s to 30 s.
     */
    static CameraSettings of(String name, CameraUrl url) {
        return new CameraSettings(
                name,
                url,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }
}
