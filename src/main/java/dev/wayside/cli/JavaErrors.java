package dev.wayside.cli;

import java.util.Optional;

/**
 * What Java's own errors mean, whose messages are no sentences. Uses nothing of the libraries, one of which may be what is
 * missing.
 */
final class JavaErrors {
    private JavaErrors() {}

    /** The sentence for the innermost error of a chain of causes that has one. */
    static Optional<String> sentence(Throwable failure) {
        Optional<String> inner = failure.getCause() == null || failure.getCause() == failure
                ? Optional.empty()
                : sentence(failure.getCause());
        return inner.or(() -> ofOne(failure));
    }

    private static Optional<String> ofOne(Throwable error) {
        String message = String.valueOf(error.getMessage());
        if (error instanceof OutOfMemoryError) {
            return Optional.of("Out of memory (" + message
                    + "). If it comes again, let it have more, as in WAYSIDE_JAVA_OPTS=-Xmx256m ./wayside run.");
        }
        if (error instanceof UnsatisfiedLinkError && message.contains("failed to map segment")) {
            return Optional.of("A native library cannot be loaded (" + message
                    + "): its folder is on a file system that runs no programs (noexec). Set XDG_CACHE_HOME to a folder on"
                    + " another.");
        }
        if (error instanceof NoClassDefFoundError) {
            return Optional.of("A part of Wayside is missing or damaged (" + message
                    + "). Delete the folder target in Wayside's folder; the next start builds it anew.");
        }
        return Optional.empty();
    }
}
