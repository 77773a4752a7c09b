package dev.wayside.onvif;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes what a device says about itself safe to show and to paste. */
final class Untrusted {
    private static final int LONGEST_NAME = 60;
    /** Neither control characters nor those that change the direction of writing. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{L}\\p{N}\\p{P}\\p{S} ]+");
    /**
     * A URL in which a shell finds nothing to run. After an {@code &}, it would run a word that is not
     * followed by {@code =}.
     */
    private static final Pattern STREAM = Pattern.compile(
            "(?i)rtsps?://(\\[[0-9a-f:.]{2,45}\\]|[\\w.-]{1,253})(:\\d{1,5})?"
                    + "(/[\\w.~%+,:=/-]{0,300})?(\\?[\\w.-]{1,40}=[\\w.~%+,:/-]{0,80}(&[\\w.-]{1,40}=[\\w.~%+,:/-]{0,80}){0,10})?");

    private Untrusted() {}

    /** A name in at most 60 printable characters. */
    static String name(String text) {
        String printable =
                UNPRINTABLE.matcher(text).replaceAll(" ").replaceAll(" +", " ").strip();
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "…";
    }

    /** A percent-encoded name; unchanged if it is not validly encoded. */
    static String decoded(String text) {
        try {
            // In contrast to a form, a space is %20 and a plus sign is one.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /**
     * The URL of a service, if it is on the device itself: otherwise a device could make this machine ask others.
     *
     * @param host the address that the device has answered from
     */
    static Optional<URI> service(String text, String host) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && host.equals(uri.getHost()) && uri.getUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The URL of a stream, if it is on the device itself and can be pasted. */
    static Optional<String> stream(String text, String host) {
        if (!STREAM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return host.equals(new URI(text).getHost()) ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
