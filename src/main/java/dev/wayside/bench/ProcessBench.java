package dev.wayside.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code wayside run} in a separate process with the JVM flags of this one, and reads its page as a browser does.
 * Measures the time to the first event and the resident memory.
 */
public final class ProcessBench {
    /**
     * The measured figures.
     *
     * @param firstEventMillis from the start of the JVM to the first event on the page's event stream
     * @param rssMegabytes resident memory at the end, MiB
     */
    public record Seen(long firstEventMillis, long rssMegabytes) {}

    /**
     * Starts Wayside in a process of its own, watches its page and reads its memory.
     *
     * @param mainClass the class to start
     * @param settings each {@code key=value}
     * @param watched how long to watch the page before the memory is read
     * @throws IOException if the process cannot be started, ends too early or does not answer
     */
    public Seen run(Class<?> mainClass, List<String> settings, Duration watched)
            throws IOException, InterruptedException {
        try (ServedProcess process = new ServedProcess(mainClass, settings)) {
            Instant started = process.started();
            process.awaitEvent();
            Instant first = Instant.now();
            watchPicture(process, watched);
            return new Seen(Duration.between(started, first).toMillis(), process.residentMegabytes());
        }
    }

    private static void watchPicture(ServedProcess process, Duration watched) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (InputStream picture = process.open("/stream.mjpg")) {
            Thread viewer = new Thread(
                    () -> {
                        try {
                            picture.transferTo(OutputStream.nullOutputStream());
                        } catch (IOException e) {
                            // Closing the stream below ends it.
                        } finally {
                            ended.countDown();
                        }
                    },
                    "viewer");
            viewer.setDaemon(true);
            viewer.start();
            if (ended.await(watched.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the live picture ended by itself");
            }
        }
    }
}
