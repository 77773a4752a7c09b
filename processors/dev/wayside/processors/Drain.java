package dev.wayside.processors;

import dev.wayside.journal.FullJitter;
import dev.wayside.journal.Journal;
import java.time.Duration;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Camel's SQL consumer read the journal for one sink in a thread of its own: again at once while there are events,
 * as soon as one is appended when there were none, and after a wait when the sink failed. Where only what is delivered
 * once more fails, new events do not wait with it.
 */
public final class Drain extends ServiceSupport implements ScheduledPollConsumerScheduler, PollingConsumerPollStrategy {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    /** Another process may have put events back, and wakes nobody here. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(1);

    private static final Duration LONGEST_STOP = Duration.ofMillis(200);
    private static final int LARGEST_BATCH = 10_000;
    private static final int LONGEST_RETRY_SECONDS = 3600;

    private final Journal journal;
    private final String sink;
    private final int batchSize;
    private final FullJitter jitter;
    private final FullJitter jitterOfRepeats;
    private final String ownStart;
    private CamelContext context;
    private Runnable poll;
    private Thread thread;
    private volatile boolean running;
    /** How often was appended before the last look into the journal. */
    private volatile long appendsBefore;

    private volatile boolean found;
    /** Whether what it found is delivered once more. */
    private volatile boolean repeats;

    /** The batch under way has come to the end of its route. */
    private volatile boolean confirmed;
    /** The last batch failed. */
    private volatile boolean retry;

    private volatile int events;
    private volatile int rejected;
    private volatile long opened;
    /** What is delivered once more failed and has not worked since. */
    private volatile boolean repeatsFail;
    /** When it is tried again, by {@link System#nanoTime()}. */
    private volatile long repeatsFrom;

    /**
     * Makes one.
     *
     * @param journal to read
     * @param sink whose cursor counts
     * @param longestRetrySeconds the most it waits after a failure, 1 to 3600
     * @param batchSize the most events that are read at once, 1 to 10,000
     * @param start {@code newest} or {@code oldest}; empty leaves it to the key {@code <sink>.start}
     */
    public Drain(Journal journal, String sink, int longestRetrySeconds, int batchSize, String start) {
        if (!sink.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
            throw new IllegalArgumentException(
                    "A sink's name must have 1 to 64 letters, digits, '-' or '_', the first a" + " letter or digit; '"
                            + sink + "' is none.");
        }
        require(sink, "retryMax", longestRetrySeconds, LONGEST_RETRY_SECONDS);
        require(sink, "batchSize", batchSize, LARGEST_BATCH);
        this.journal = journal;
        this.sink = sink;
        this.ownStart = start;
        this.batchSize = batchSize;
        this.jitter = new FullJitter(FIRST_RETRY, Duration.ofSeconds(longestRetrySeconds), new Random());
        this.jitterOfRepeats = new FullJitter(FIRST_RETRY, Duration.ofSeconds(longestRetrySeconds), new Random());
    }

    private static void require(String sink, String parameter, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("The " + parameter + " of the sink " + sink + " is " + value
                    + "; it must be from 1 to " + most + ".");
        }
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    /** Registers the sink; a new one begins where {@code <sink>.start} says, or with the next event. */
    @Override
    public void onInit(Consumer consumer) {
        String key = sink + ".start";
        String start = ownStart.isEmpty()
                ? consumer.getEndpoint().getCamelContext().resolvePropertyPlaceholders("{{" + key + ":newest}}")
                : ownStart;
        if (!start.equals("newest") && !start.equals("oldest")) {
            throw new IllegalArgumentException(key + " is '" + start + "'; it must be newest or oldest.");
        }
        journal.register(sink, start);
    }

    @Override
    public void scheduleTask(Runnable task) {
        this.poll = task;
    }

    @Override
    public void startScheduler() {
        if (thread == null) {
            running = true;
            thread = new Thread(this::drain, "sink-" + sink);
            thread.setDaemon(true);
            // Frames come first: a backlog takes what they leave of the processor.
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }

    @Override
    public boolean isSchedulerStarted() {
        return thread != null;
    }

    @Override
    public void unscheduleTask() {
        running = false;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    protected void doStop() throws Exception {
        unscheduleTask();
        if (thread != null) {
            thread.join(LONGEST_STOP.toMillis());
            thread = null;
        }
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        appendsBefore = journal.appends().count();
        found = false;
        repeats = false;
        return journal.isOpen();
    }

    /**
     * A batch was read and goes to the sink now.
     *
     * @param repeated whether it is delivered once more, and not new
     * @param events how many
     */
    void opened(boolean repeated, int events) {
        this.repeats = repeated;
        this.events = events;
        this.rejected = 0;
        this.confirmed = false;
        this.opened = System.nanoTime();
    }

    /** The sink has taken the batch, but for so many events that it refused for good. */
    void closing(int refused) {
        rejected = refused;
    }

    /** The cursor has moved. */
    void confirmed() {
        confirmed = true;
    }

    /** Whether the last batch failed, so that this one may have what it failed for. */
    boolean isRetry() {
        return retry;
    }

    /** Nothing was thrown; that is not enough, since a route may handle its exceptions, or stop. */
    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        found = polledMessages > 0;
        if (found && !confirmed) {
            UnfinishedRouteException unfinished = new UnfinishedRouteException(sink);
            if (running && !retry) {
                log.warn("journal: {}", unfinished.getMessage());
            }
            rollback(consumer, endpoint, 0, unfinished);
            return;
        }
        retry = false;
        jitter.reset();
        if (found) {
            journal.sinkDelivered(sink, events, rejected, Duration.ofNanos(System.nanoTime() - opened));
        }
        if (repeats || !found) {
            repeatsFail = false;
            jitterOfRepeats.reset();
        }
        if (!repeatsFail) {
            journal.sinkWorks(sink);
        }
    }

    /** Nothing has moved; the same batch comes again after the wait, but for new events that come before it. */
    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        if (!running) {
            return false;
        }
        retry = true;
        journal.sinkFailed(sink, cause);
        Duration pause = repeats ? jitterOfRepeats.next() : jitter.next();
        log.debug("{} failed, next try in {}", sink, pause, cause);
        try {
            if (repeats) {
                repeatsFail = true;
                repeatsFrom = System.nanoTime() + pause.toNanos();
                journal.appends().await(appendsBefore, pause);
            } else {
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return running;
    }

    private void drain() {
        try {
            while (running) {
                // A poll that Camel leaves out, as of a suspended route, finds nothing.
                appendsBefore = journal.appends().count();
                found = false;
                poll.run();
                awaitNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitNext() throws InterruptedException {
        if (!found) {
            journal.appends().await(appendsBefore, LONGEST_IDLE);
        } else if (repeatsFail && events < batchSize) {
            // No more is new, so the next look would find again what has just failed.
            journal.appends().await(appendsBefore, Duration.ofNanos(Math.max(0, repeatsFrom - System.nanoTime())));
        }
    }
}
