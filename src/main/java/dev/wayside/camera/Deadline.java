package dev.wayside.camera;

import java.time.Duration;
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

    /** Grants a little time to end well, even when cancelled. */
    synchronized void grant(Duration fromNow) {
        nanos.put(System.nanoTime() + fromNow.toNanos());
    }

    /** Lets it pass now and for good. */
    synchronized void cancel() {
        cancelled = true;
        nanos.put(System.nanoTime());
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
        context.interrupt_callback().callback(Passed.CALLBACK).opaque(nanos);
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
