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
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the journal's events to one sink, in a thread of its own: again at once while there are events, as soon as one
 * is appended when there were none, and after a wait when the sink failed.
 *
 * <p>A batch is delivered when its exchange has come to the end of the route: no exception, no rollback, no {@code stop},
 * no {@code onException} that handled a failure away, in any part of it. What a {@code doTry} decides inside the route
 * stays decided.
 */
final class JournalConsumer extends DefaultConsumer implements ShutdownPrepared {
    private static final Logger log = LoggerFactory.getLogger(JournalConsumer.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    /** Another process may have put events back, and wakes nobody here. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(1);

    private final Journal journal;
    private final String sink;
    private final BatchSizer batchSizer;
    private final String firstEvent;
    private final FullJitter jitter;
    private final FullJitter jitterOfRepeats;
    private DeliveryThread thread;

    /** The last batch failed, so that the next may have what it failed for. */
    private boolean validate;
    /** What is delivered once more failed and has not worked since. */
    private boolean repeatsFail;
    /** When it is tried again, by {@link System#nanoTime()}. */
    private long repeatsFrom = System.nanoTime();

    /**
     * Reads for the endpoint's sink, once it is started.
     *
     * @param firstEvent {@code newest} or {@code oldest}, for a sink that is new
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
        journal.register(sink, firstEvent);
        if (thread != null) {
            thread.abort();
        }
        thread = new DeliveryThread(sink, journal.deliveries().permit(sink), this::deliver);
        thread.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (thread != null) {
            thread.endAfterDelivery();
        }
        super.doStop();
    }

    /** Called again with {@code forced} when what is under way at the stop does not come to its end. */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced && thread != null) {
            thread.abort();
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        if (thread != null) {
            thread.abort();
        }
        super.doShutdown();
    }

    /** The delivery contract: take a batch, process it, commit; or back off and give the same batch again. */
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
                // Also an InterruptedException: of this turn, whose end it is, or of something in the route.
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
        Optional<Batch> batch = journal.deliveries().next(sink, most, repeats, validate);
        if (batch.isEmpty() && repeats) {
            // Whatever failed is gone: taken by the caps, purged or cancelled.
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
        validate = false;
        jitter.reset();
        if (repeat) {
            repeatsFail = false;
            jitterOfRepeats.reset();
        }
        journal.sinks().delivered(sink, batch.size(), batch.rejections(), batch.lastReason(), took);
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

    /** New events wait with a new batch that failed, but not with one that is delivered once more. */
    private void backOff(Optional<Batch> batch, Exception failure, long appends) throws InterruptedException {
        validate = true;
        journal.noteDamage(failure);
        journal.sinks().failed(sink, failure);
        boolean repeat = batch.isPresent() && batch.get().kind() != Batch.Kind.NEW;
        Duration pause = repeat ? jitterOfRepeats.next() : jitter.next();
        log.debug("{} failed, next try in {}", sink, pause, failure);
        if (repeat) {
            repeatsFail = true;
            repeatsFrom = System.nanoTime() + pause.toNanos();
            journal.appendSignal().await(appends, pause);
        } else {
            Thread.sleep(pause.toMillis());
        }
    }
}
