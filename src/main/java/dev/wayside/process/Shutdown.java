package dev.wayside.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends the process in an orderly way. SIGTERM and Ctrl-C stop everything and give exit code 0, as a supervisor expects of a
 * service that it stopped. (By default, a JVM exits with 143.)
 */
public final class Shutdown {
    /** The process must end within three seconds of SIGTERM; whatever still hangs is abandoned. */
    private static final long LONGEST_SECONDS = 2;

    private static volatile Duration patience = Duration.ofSeconds(LONGEST_SECONDS);

    private static final AtomicReference<Runnable> STOP = new AtomicReference<>(() -> {});

    private static volatile int exitCode;

    private Shutdown() {}

    /** Ends the process with this code, after the shutdown hooks. */
    public static void exit(int code) {
        exitCode = code;
        System.exit(code);
    }

    /**
     * From now on, a signal ends the process with exit code 0. To be called once, first of all: a signal that arrives before
     * gives the JVM's own exit code.
     */
    public static void handleSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::end, "shutdown"));
    }

    /**
     * Sets what to stop when the process ends. Without effect if it already ends.
     *
     * @param stop stops the application; abandoned after two seconds and {@code more}
     * @param more for what first has to finish its work
     */
    public static void onSignal(Runnable stop, Duration more) {
        patience = Duration.ofSeconds(LONGEST_SECONDS).plus(more);
        STOP.set(stop);
    }

    private static void end() {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stopper = new Thread(
                () -> {
                    try {
                        STOP.get().run();
                    } finally {
                        stopped.countDown();
                    }
                },
                "stopper");
        stopper.setDaemon(true);
        stopper.start();
        awaitBriefly(stopped);
        Runtime.getRuntime().halt(exitCode);
    }

    private static void awaitBriefly(CountDownLatch stopped) {
        try {
            if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("wayside: a part did not stop in time and was abandoned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
