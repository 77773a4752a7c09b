package dev.wayside.processors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.journal.FullJitter;
import dev.wayside.journal.KeptEvent;
import dev.wayside.journal.component.JournalConstants;
import dev.wayside.mqtt.MqttUnavailableException;
import dev.wayside.mqtt.ReceivedBatch;
import dev.wayside.mqtt.SharedSubscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.Exchange;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Passes the events of a subscription to a route as lists: {@link #receive}, the route's steps, {@link #acknowledge}; or
 * {@link #keep} when a step fails, and the same list again after a wait. For one route, whose exchanges follow one another.
 */
public final class IngestBatches {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    private final SharedSubscription subscription;
    private final int most;
    private final Duration within;
    private final FullJitter jitter = new FullJitter(FIRST_RETRY, LONGEST_RETRY, new Random());
    private boolean watched;
    private ReceivedBatch unfinished;
    private long retryFrom = System.nanoTime();

    /**
     * Takes lists of a subscription.
     *
     * @param most the maximum number of events in a list
     * @param withinMillis how long the first event of a list waits for others, in milliseconds
     */
    public IngestBatches(SharedSubscription subscription, int most, int withinMillis) {
        this.subscription = subscription;
        this.most = most;
        this.within = Duration.ofMillis(withinMillis);
    }

    /** Sets the next list of events as the body, or null if there is none at the moment. */
    public void receive(Exchange exchange) throws InterruptedException {
        if (!watched) {
            watched = true;
            LeavingMembers.add(exchange.getContext(), subscription);
        }
        exchange.getMessage().setBody(null);
        try {
            subscription.settle();
        } catch (MqttUnavailableException e) {
            failed(e);
        }
        long pause = retryFrom - System.nanoTime();
        if (pause > 0) {
            // In short pieces, so that a stop need not wait for the whole pause.
            Thread.sleep(Math.min(100, 1 + pause / 1_000_000));
            return;
        }
        if (unfinished == null || !subscription.isExpected(unfinished)) {
            unfinished = subscription.take(most, within).orElse(null);
        }
        if (unfinished != null) {
            exchange.setProperty(JournalConstants.BATCH, unfinished);
            exchange.getMessage().setBody(events(unfinished));
        }
    }

    private static List<Map<String, Object>> events(ReceivedBatch batch) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            String id = id(batch.payload(i));
            if (id.isEmpty()) {
                batch.reject(i, "not a flat event, a JSON object with a text 'id'");
            } else {
                batch.identify(i, id);
                events.add(new KeptEvent(new String(batch.payload(i), StandardCharsets.UTF_8)));
            }
        }
        return events;
    }

    /** The event's id; empty if it is no event. Reads all of it, and keeps nothing: a list of parsed events fills the heap. */
    private static String id(byte[] payload) {
        try {
            JsonNode event = JSON.readTree(payload);
            return event.isObject() && event.path(SinkEvents.ID).isTextual()
                    ? event.get(SinkEvents.ID).asText()
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The store has the events: the broker may forget them. */
    public void acknowledge(Exchange exchange) throws MqttException {
        subscription.acknowledge(exchange.getProperty(JournalConstants.BATCH, ReceivedBatch.class));
        unfinished = null;
        jitter.reset();
    }

    /** The store does not have them: the same list comes again, after a random wait that doubles with each failure. */
    public void keep(Exchange exchange) {
        failed(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    private void failed(Throwable failure) {
        subscription.failed(failure);
        retryFrom = System.nanoTime() + jitter.next().toNanos();
    }
}
