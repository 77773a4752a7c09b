package dev.wayside.camera;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The time until which a source may wait. FFmpeg polls it while it waits for the network or a file, so an expired
 * deadline ends a blocked read within about 0.1 s, from any thread.
 */
final class Deadline {
    private final LongPointer nanos = new LongPointer(1);
    private final Duration timeout;
    private boolean cancelled;
    private Runnable onCancel = () -> {};
    private Runnable onExpiry = () -> {};

    /**
     * Makes a deadline that begins now.
     *
     * @param timeout how long a source may wait
     */
    Deadline(Duration timeout) {
        this.timeout = timeout;
        restart();
    }

    Duration timeout() {
        return timeout;
    }

    /** Grants the whole time again, from now on; has no effect once cancelled. */
    void restart() {
        restart(Duration.ZERO);
    }

    /** Grants the whole time again, from the end of a pause on; has no effect once cancelled. */
    synchronized void restart(Duration pause) {
        if (!cancelled) {
            nanos.put(System.nanoTime() + timeout.plus(pause).toNanos());
        }
    }

    /**
     * Waits until {@link System#nanoTime()} reaches this value, without using up the deadline. A thread that cancels it
     * must unpark the waiting thread.
     */
    void waitUntil(long due) {
        long left = due - System.nanoTime();
        restart(Duration.ofNanos(Math.max(0, left)));
        while (left > 0 && !cancelled()) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }

    /** Grants some time for closing, even if cancelled. */
    synchronized void grant(Duration fromNow) {
        nanos.put(System.nanoTime() + fromNow.toNanos());
    }

    /** Expires it at once and permanently. */
    synchronized void cancel() {
        cancelled = true;
        nanos.put(System.nanoTime());
        onCancel.run();
    }

    /**
     * Sets an action to run when it is cancelled, for code that does not poll it as FFmpeg does; runs it at once if it
     * is already cancelled.
     */
    synchronized void onCancel(Runnable wake) {
        onCancel = wake;
        if (cancelled) {
            wake.run();
        }
    }

    /**
     * Sets an action that ends a wait which neither polls this deadline nor has a timeout of its own. {@link #wake()} runs
     * it.
     */
    synchronized void onExpiry(Runnable wake) {
        onExpiry = wake;
    }

    /** Ends such a wait, if the deadline has expired. */
    synchronized void wake() {
        if (passed()) {
            onExpiry.run();
        }
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** Nanoseconds until it expires; negative if it has expired. */
    long remainingNanos() {
        return nanos.get() - System.nanoTime();
    }

    boolean passed() {
        return remainingNanos() <= 0;
    }

    /**
     * Makes FFmpeg observe this deadline in all operations on the context. Keep a reference to this object as long as
     * the context.
     */
    void guard(AVFormatContext context) {
        guard(context.interrupt_callback());
    }

    /** Makes FFmpeg observe this deadline in all operations with this callback. */
    void guard(AVIOInterruptCB question) {
        question.callback(Passed.CALLBACK).opaque(nanos);
    }

    /**
     * A single instance for all deadlines, because JavaCPP supports only a few callback objects. The deadline is its
     * argument.
     */
    private static final class Passed extends AVIOInterruptCB.Callback_Pointer {
        static final Passed CALLBACK = new Passed();

        @Override
        public int call(Pointer deadline) {
            return new LongPointer(deadline).get() - System.nanoTime() <= 0 ? 1 : 0;
        }
    }
}
