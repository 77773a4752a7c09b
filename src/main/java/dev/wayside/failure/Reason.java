package dev.wayside.failure;

import java.util.Optional;

/** Why something failed, in one sentence for people who know nothing of Java. */
public final class Reason {
    private static final String OURS = "dev.wayside.";

    private Reason() {}

    /**
     * The outermost sentence that is Wayside's own, for it names the server and says what to do; where there is none, what
     * the failure says and what its root cause means.
     *
     * @param failure whatever was thrown
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
        return words.contains(root) ? words : words + ": " + root;
    }

    /** What the root cause of a failure means, in a line. */
    public static String ofRoot(Throwable failure) {
        return ofConnection(failure, "set its CA certificate to be trusted")
                .map(predicate -> "the server " + predicate)
                .or(() -> DiskFailure.of(failure).map(DiskFailure::words))
                .orElseGet(() -> words(Causes.root(failure)));
    }

    /**
     * Why there is no connection, as the predicate of a sentence whose subject is the other side.
     *
     * @param trust what to do when the other side's certificate is not trusted
     * @return empty when it is neither the network nor TLS that failed
     */
    public static Optional<String> ofConnection(Throwable failure, String trust) {
        return TlsFailure.of(failure).map(tls -> tls.words(failure, trust)).or(() -> NetworkFailure.of(failure)
                .map(NetworkFailure::words));
    }

    /** Without those exceptions that say only what their cause is. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable outer = failure;
        while (outer.getCause() != null && onlyNames(outer.getMessage(), outer.getCause())) {
            outer = outer.getCause();
        }
        return outer;
    }

    /** As Java words it by itself, or Camel, which names a part of a split and an exchange before it. */
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

    /** A server's words, or whoever's, in one line, without what would do something to a terminal. */
    public static String line(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
