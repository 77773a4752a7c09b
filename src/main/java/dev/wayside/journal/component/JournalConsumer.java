package dev.wayside.journal.component;

import dev.wayside.journal.Batch;
import dev.wayside.journal.FullJitter;
import dev.wayside.journal.Journal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the journal's events to one sink, in its own thread. While there are events, the next batch follows at once.
 * If there are none, the thread waits for an append. After a failure, it backs off and retries.
 *
 * <p>A batch counts as delivered only if its exchange reaches the end of the route. In no part of it may there be an
 * exception, a rollback, a {@code stop}, or an {@code onException} that has handled a failure. A failure that the route
 * handles with {@code doTry} does not prevent the delivery.
 */
final class JournalConsumer extends DefaultConsumer implements ShutdownPrepared, Suspendable {
    private static final Logger log = LoggerFactory.getLogger(JournalConsumer.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    /** Another process may have requested a replay or a retry, which does not wake this thread. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(1);

    private final Journal journal;
    private final String sink;
    private final BatchSizer batchSizer;
    private final String firstEvent;
    private final FullJitter jitter;
    private final FullJitter jitterOfRepeats;
    private DeliveryThread thread;

    /** The last replay or retry failed, and none has succeeded since. */
    private boolean repeatsFail;
    /** When the next replay or retry may be attempted, by {@link System#nanoTime()}. */
    private long repeatsFrom = System.nanoTime();

    /**
     * Delivers to the endpoint's sink once it is started.
     *
     * @param firstEvent where a new sink begins: {@code newest} or {@code oldest}
     */
    JournalConsumer(JournalEndpoint endpoint, Processor processor, String firstEvent) {
        super(endpoint, processor);
        this.journal = endpoint.journal();
        this.sink = endpoint.getSink();
        this.batchSizer = new BatchSizer(endpoint.rightOfWay(), endpoint.getBatchSize());
        this.firstEvent = firstEvent;
        Duration longest = Duration.ofSeconds(endpoint.getRetryMax());
        this.jitter = new FullJitter(FIRST_RETRY, longest, new Random());
        this.jitterOfRepeats = new FullJitter(FIRST_RETRY, longest, new Random());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        journal.register(sink, firstEvent, this);
        if (thread != null) {
            thread.abort();
        }
        startDelivering();
    }

    private void startDelivering() {
        thread = new DeliveryThread(sink, journal.deliveries().permit(sink), this::deliver);
        thread.start();
    }

    /** Stops delivering after the batch in flight; the cursor stays where it is. Camel also does this before each stop. */
    @Override
    protected void doSuspend() {
        endAfterDelivery();
    }

    @Override
    protected void doResume() {
        journal.sinks().paused(sink, false);
        startDelivering();
    }

    @Override
    protected void doStop() throws Exception {
        endAfterDelivery();
        super.doStop();
    }

    private void endAfterDelivery() {
        if (thread != null) {
            thread.endAfterDelivery();
        }
    }

    /**
     * Called when the batch in flight is complete; called again with {@code forced} if it was not in time. Only here is it
     * known whether a user has paused the sink, or its route is stopped.
     */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (suspendOnly) {
            journal.sinks().paused(sink, true);
        }
        if (forced && thread != null) {
            thread.abort();
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        if (thread != null) {
            thread.abort();
        }
        // Only this route was removed. When the whole context stops, the sinks stay on: `wayside journal` shows them.
        if (getEndpoint().getCamelContext().getStatus().isStarted()) {
            journal.unregister(sink, this);
        }
        super.doShutdown();
    }

    /** The delivery contract: take a batch, process it, commit; on failure, back off and retry the same batch. */
    private void deliver(DeliveryThread self) throws InterruptedException {
        while (self.isActive()) {
            long appends = journal.appendSignal().count();
            Optional<Batch> taken = Optional.empty();
            try {
                int most = batchSizer.next();
                taken = take(most);
                batchSizer.taken(taken.map(Batch::size).orElse(0), most);
                if (taken.isEmpty()) {
                    awaitEvents(appends);
                } else if (self.beginDelivery()) {
                    long began = System.nanoTime();
                    process(taken.get());
                    journal.deliveries().commit(taken.get());
                    delivered(taken.get(), Duration.ofNanos(System.nanoTime() - began));
                }
            } catch (Exception e) {
                // This includes an InterruptedException, which either ends this thread or comes from a step of the
                // route.
                self.endDelivery();
                if (self.isActive()) {
                    backOff(taken, e, appends);
                }
            } catch (Error e) {
                journal.sinks().failed(sink, e);
                throw e;
            }
            self.endDelivery();
        }
    }

    private Optional<Batch> take(int most) throws SQLException {
        if (!journal.isOpen()) {
            return Optional.empty();
        }
        boolean repeats = System.nanoTime() - repeatsFrom >= 0;
        Optional<Batch> batch = journal.deliveries().next(sink, most, repeats);
        if (batch.isEmpty() && repeats) {
            // The events that failed are gone: dropped by the caps, purged or cancelled.
            repeatsFail = false;
            works();
        }
        return batch;
    }

    private void process(Batch batch) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(JournalConstants.BATCH, batch);
            exchange.setVariable(JournalConstants.KIND, batch.kind().toString());
            exchange.getMessage().setBody(batch.events());
            getProcessor().process(exchange);
            requireDelivered(exchange, batch);
        } finally {
            batch.end();
            releaseExchange(exchange, false);
        }
    }

    private void requireDelivered(Exchange exchange, Batch batch) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        Optional<String> early = batch.endedEarly();
        if (early.isEmpty() && HandledFailures.isHandledAway(exchange)) {
            early = Optional.of("an onException with handled: true");
        }
        if (early.isEmpty() && (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast())) {
            early = Optional.of("a rollback");
        }
        if (early.isEmpty() && exchange.isRouteStop()) {
            early = Optional.of("a stop");
        }
        if (early.isPresent()) {
            throw new UnfinishedRouteException(sink, early.get());
        }
    }

    private void delivered(Batch batch, Duration took) {
        boolean repeat = batch.kind() != Batch.Kind.NEW;
        jitter.reset();
        if (repeat) {
            repeatsFail = false;
            jitterOfRepeats.reset();
        }
        batchSizer.took(took);
        journal.sinks().delivered(sink, batch.size(), batch.rejections(), batch.lastReason(), took);
        journal.sinks().acknowledged(batch);
        works();
    }

    private void works() {
        if (!repeatsFail) {
            journal.sinks().works(sink);
        }
    }

    private void awaitEvents(long appends) throws InterruptedException {
        Duration untilRepeats = Duration.ofNanos(repeatsFrom - System.nanoTime());
        boolean repeatsFirst = repeatsFail && untilRepeats.compareTo(LONGEST_IDLE) < 0;
        journal.appendSignal().await(appends, repeatsFirst ? untilRepeats : LONGEST_IDLE);
    }

    /** If a batch of new events failed, later events wait with it. They do not wait for a failed replay or retry. */
    private void backOff(Optional<Batch> batch, Exception failure, long appends) throws InterruptedException {
        journal.noteDamage(failure);
        journal.sinks().failed(sink, failure);
        boolean repeat = batch.isPresent() && batch.get().kind() != Batch.Kind.NEW;
        Duration pause = repeat ? jitterOfRepeats.next() : jitter.next();
        log.debug("{} failed, retrying in {}", sink, pause, failure);
        if (repeat) {
            repeatsFail = true;
            repeatsFrom = System.nanoTime() + pause.toNanos();
            journal.appendSignal().await(appends, pause);
        } else {
            Thread.sleep(pause.toMillis());
        }
    }
}
