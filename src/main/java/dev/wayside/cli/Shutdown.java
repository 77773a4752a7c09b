package dev.wayside.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process in order: SIGTERM and Ctrl-C stop everything and give exit code 0, as a supervisor expects of a
 * service that was asked to stop. (A JVM left to itself says 143.)
 */
final class Shutdown {
    /** SIGTERM must end within three seconds; whatever hangs is left behind. */
    private static final long LONGEST_SECONDS = 2;

    private static volatile int exitCode;

    private Shutdown() {}

    /** Ends with this code, after the hooks. */
    static void exit(int code) {
        exitCode = code;
        System.exit(code);
    }

    /**
     * Has something stopped when the process is told to end, then ends it at once.
     *
     * @param stop what to do first; given up after two seconds
     */
    static void onSignal(Runnable stop) {
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
                System.err.println("wayside: something did not stop in time and was left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
