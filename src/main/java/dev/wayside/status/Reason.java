package dev.wayside.status;

/** Why something failed, in one sentence for people who know nothing of Java. */
public final class Reason {
    private static final String OURS = "dev.wayside.";

    private Reason() {}

    /**
     * The outermost sentence that is Wayside's own, for it names the server and says what to do; where there is none, what
     * the failure says and what was at the bottom of it.
     *
     * @param failure whatever was thrown
     * @return one line
     */
    public static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith(OURS) && cause.getMessage() != null) {
                return line(cause.getMessage());
            }
        }
        String words = words(unwrapped(failure));
        String atTheBottom = words(root(failure));
        return words.contains(atTheBottom) ? words : words + ": " + atTheBottom;
    }

    /** What was at the bottom of a failure, in a line. */
    public static String atTheBottomOf(Throwable failure) {
        return words(root(failure));
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

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
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
