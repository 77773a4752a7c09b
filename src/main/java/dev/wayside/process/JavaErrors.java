package dev.wayside.process;

import java.util.Optional;

/**
 * Explains Java's own errors, whose messages do not. It uses no library, because a library could be what is missing.
 */
public final class JavaErrors {
    private JavaErrors() {}

    /** The explanation of the innermost cause that has one. */
    public static Optional<String> message(Throwable failure) {
        Optional<String> inner = failure.getCause() == null || failure.getCause() == failure
                ? Optional.empty()
                : message(failure.getCause());
        return inner.or(() -> ofOne(failure));
    }

    private static Optional<String> ofOne(Throwable error) {
        String message = String.valueOf(error.getMessage());
        if (error instanceof OutOfMemoryError) {
            return Optional.of("Out of memory (" + message
                    + "). If it happens again, increase the limit: WAYSIDE_JAVA_OPTS=-Xmx256m ./wayside run.");
        }
        if (error instanceof UnsatisfiedLinkError && message.contains("failed to map segment")) {
            return Optional.of("A native library cannot be loaded (" + message
                    + "): its folder is on a file system mounted noexec. Set XDG_CACHE_HOME to a folder on another file"
                    + " system.");
        }
        if (error instanceof NoClassDefFoundError) {
            return Optional.of("A part of Wayside is missing or damaged (" + message
                    + "). Delete the folder target in Wayside's folder; the next start rebuilds it.");
        }
        return Optional.empty();
    }
}
