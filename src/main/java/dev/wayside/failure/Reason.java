package dev.wayside.failure;

import java.util.Optional;

/** Why something failed, in one sentence for people who do not know Java. */
public final class Reason {
    private static final String OURS = "dev.wayside.";

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
        return words.contains(root) ? words : words + ": " + root;
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
