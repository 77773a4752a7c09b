package dev.wayside.camera;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The moment until which a source may wait. FFmpeg asks again and again while it waits for a network or a file, so a
 * passed deadline ends a blocked read within about 0.1 s, from any thread.
 */
final class Deadline {
    private final LongPointer nanos = new LongPointer(1);
    private final Duration timeout;
    private boolean cancelled;
    private Runnable onCancel = () -> {};

    /**
     * Makes a deadline that is still to come.
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

    /** Grants the whole time again, from now on; in vain once cancelled. */
    void restart() {
        restart(Duration.ZERO);
    }

    /** Grants the whole time again, from the end of a pause on. */
    synchronized void restart(Duration pause) {
        if (!cancelled) {
            nanos.put(System.nanoTime() + timeout.plus(pause).toNanos());
        }
    }

    /** Waits until {@link System#nanoTime()} is this, on purpose: the time is not counted. Who cancels unparks the thread. */
    void waitUntil(long due) {
        long left = due - System.nanoTime();
        restart(Duration.ofNanos(Math.max(0, left)));
        while (left > 0 && !cancelled()) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }

    /** Grants a little time to end well, even when cancelled. */
    synchronized void grant(Duration fromNow) {
        nanos.put(System.nanoTime() + fromNow.toNanos());
    }

    /** Lets it pass now and for good. */
    synchronized void cancel() {
        cancelled = true;
        nanos.put(System.nanoTime());
        onCancel.run();
    }

    /** Has something done when it is cancelled, to wake what does not ask as FFmpeg does; at once if it is already. */
    synchronized void onCancel(Runnable wake) {
        onCancel = wake;
        if (cancelled) {
            wake.run();
        }
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** Nanoseconds until it passes; negative when it has. */
    long remainingNanos() {
        return nanos.get() - System.nanoTime();
    }

    boolean passed() {
        return remainingNanos() <= 0;
    }

    /** Makes FFmpeg heed this deadline in everything it does for the context. Keep this object as long as the context. */
    void guard(AVFormatContext context) {
        guard(context.interrupt_callback());
    }

    /** Makes FFmpeg heed this deadline in everything that it does with this question. */
    void guard(AVIOInterruptCB question) {
        question.callback(Passed.CALLBACK).opaque(nanos);
    }

    /** One for all: JavaCPP has native code for few callback objects. What it judges comes in as its argument. */
    private static final class Passed extends AVIOInterruptCB.Callback_Pointer {
        static final Passed CALLBACK = new Passed();

        @Override
        public int call(Pointer deadline) {
            return new LongPointer(deadline).get() - System.nanoTime() <= 0 ? 1 : 0;
        }
    }
}
