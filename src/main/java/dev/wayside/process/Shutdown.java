package dev.wayside.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process in an orderly way. SIGTERM and Ctrl-C stop everything and give exit code 0, as a supervisor expects of a
 * service that it stopped. (By default, a JVM exits with 143.)
 */
public final class Shutdown {
    /** The process must end within three seconds of SIGTERM; whatever still hangs is abandoned. */
    private static final long LONGEST_SECONDS = 2;

    private static volatile int exitCode;

    private Shutdown() {}

    /** Ends the process with this code, after the shutdown hooks. */
    public static void exit(int code) {
        exitCode = code;
        System.exit(code);
    }

    /**
     * Registers what to stop when the process is told to end. Afterwards the process ends at once.
     *
     * @param stop stops the application; abandoned after two seconds
     */
    public static void onSignal(Runnable stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            CountDownLatch stopped = new CountDownLatch(1);
                            Thread stopper = new Thread(
                                    () -> {
                                        try {
                                            stop.run();
                                        } finally {
                                            stopped.countDown();
                                        }
                                    },
                                    "stopper");
                            stopper.setDaemon(true);
                            stopper.start();
                            awaitBriefly(stopped);
                            Runtime.getRuntime().halt(exitCode);
                        },
                        "shutdown"));
    }

    private static void awaitBriefly(CountDownLatch stopped) {
        try {
            if (!stopped.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("wayside: a part did not stop in time and was abandoned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
