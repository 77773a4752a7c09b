package dev.wayside.assembly;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A part that takes long to open. It is opened once: on first use, or earlier in its own thread. */
final class Part<T> implements Supplier<T> {
    private final String name;
    private final Supplier<T> opener;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<T> opened = new CompletableFuture<>();

    Part(String name, Supplier<T> opener) {
        this.name = name;
        this.opener = opener;
    }

    /** Opens the part in the background and returns at once. */
    void openInBackground() {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::open, "open-" + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits until the part is open. If opening failed, every call throws the same exception. */
    @Override
    public T get() {
        if (begun.compareAndSet(false, true)) {
            open();
        }
        try {
            return opened.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The part if it is already open. */
    Optional<T> ifOpen() {
        return opened.isDone() && !opened.isCompletedExceptionally() ? Optional.of(opened.join()) : Optional.empty();
    }

    private void open() {
        try {
            opened.complete(opener.get());
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
        }
    }
}
