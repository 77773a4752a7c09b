package dev.wayside.failure;

import java.util.Optional;
import java.util.regex.Pattern;

/** Why something failed, in one sentence for people who do not know Java. */
public final class Reason {
    private static final String OURS = "dev.wayside.";

    /** What the operating system and the JDK say for {@link NetworkFailure} and {@link DiskFailure}. */
    private static final Pattern SYSTEMS_WORDS =
            Pattern.compile("(?i:connection refused|((http )?connect|connection|read|write|request) timed"
                    + " out|timeout|no route to host|(network|host) is unreachable|(connection|socket) (reset|closed)( by"
                    + " peer)?|broken pipe|name or service not known|temporary failure in name resolution|no space left on"
                    + " device|disk quota exceeded|read-only file system|permission denied|operation not permitted|too many open"
                    + " files|no such file or directory|is a directory|not a directory|input/output error)");

    /** A part of a message that consists only of these words, or of the name of an exception. */
    private static final Pattern SAID_AGAIN = Pattern.compile(
            " \\(" + SYSTEMS_WORDS + "\\)|(?<=^|: )(" + SYSTEMS_WORDS + "|([a-z]\\w*\\.)+\\w+(Exception|Error))(: |$)");

    private Reason() {}

    /**
     * Wayside's own outermost message, which names the server and says what to do. If there is none, the message of the
     * failure and the meaning of its root cause.
     *
     * @param failure any exception
     * @return one line
     */
    public static String of(Throwable failure) {
        Optional<Throwable> own = Causes.first(
                failure, cause -> cause.getClass().getName().startsWith(OURS) && cause.getMessage() != null);
        if (own.isPresent()) {
            return line(own.get().getMessage());
        }
        String words = words(unwrapped(failure));
        String root = ofRoot(failure);
        if (words.contains(root)) {
            return words;
        }
        String rest = isExplained(failure) ? withoutSystemsWords(words) : words;
        return root.contains(rest) ? root : rest + ": " + root;
    }

    private static boolean isExplained(Throwable failure) {
        return ofConnection(failure, "").isPresent() || DiskFailure.of(failure).isPresent();
    }

    /** "Connect to http://store failed: Connection refused" becomes "Connect to http://store failed". */
    private static String withoutSystemsWords(String words) {
        return SAID_AGAIN.matcher(words).replaceAll("").replaceFirst(":? *$", "");
    }

    /** The meaning of the root cause of a failure, on one line. */
    public static String ofRoot(Throwable failure) {
        return ofConnection(failure, "set the CA certificate to trust")
                .map(predicate -> "the server " + predicate)
                .or(() -> DiskFailure.of(failure).map(DiskFailure::words))
                .orElseGet(() -> words(Causes.root(failure)));
    }

    /**
     * Why a connection failed, as the predicate of a sentence whose subject is the other side.
     *
     * @param trust advice in case the other side's certificate is not trusted
     * @return empty if neither the network nor TLS failed
     */
    public static Optional<String> ofConnection(Throwable failure, String trust) {
        return TlsFailure.of(failure).map(tls -> tls.words(failure, trust)).or(() -> NetworkFailure.of(failure)
                .map(NetworkFailure::words));
    }

    /** Skips wrapping exceptions that only name their cause. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable outer = failure;
        while (outer.getCause() != null && onlyNames(outer.getMessage(), outer.getCause())) {
            outer = outer.getCause();
        }
        return outer;
    }

    /** The default message of Java, or that of Camel, which also names a part of a split and an exchange. */
    private static boolean onlyNames(String message, Throwable cause) {
        return message != null
                && (message.equals(cause.toString())
                        || message.endsWith(
                                "Caused by: [" + cause.getClass().getName() + " - " + cause.getMessage() + "]"));
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : line(message);
    }

    /** A message of any origin on one line, without control characters, which could affect a terminal. */
    public static String line(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
