package dev.wayside.assembly;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Something that takes long to open: opened once, by the first who asks or in a thread of its own before that. */
final class Part<T> implements Supplier<T> {
    private final String name;
    private final Supplier<T> opener;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<T> opened = new CompletableFuture<>();

    Part(String name, Supplier<T> opener) {
        this.name = name;
        this.opener = opener;
    }

    /** Begins to open it, and returns at once. */
    void openAside() {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::open, "open-" + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The part, when it is open; whatever kept it from opening is thrown at everyone who asks. */
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

    /** The part if it is open by now. */
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
