package dev.wayside.matrix;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.MosquittoSub;
import java.util.ArrayList;
import java.util.List;

/** A broker that keeps nothing, and its only subscriber; what that saw before the broker's restart counts, too. */
abstract class BrokerTarget implements Target {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FaultProxy proxy;
    private final List<Trace> before = new ArrayList<>();
    private String device;
    private MosquittoSub subscriber;

    BrokerTarget(int port) {
        this.proxy = new FaultProxy(port);
    }

    /** One whose subscription counts already. */
    abstract MosquittoSub subscribe();

    /** The JSON in a message about this device's events, null for other messages. */
    abstract String event(MosquittoSub.Message message, String device);

    /** Ends it and starts it. */
    abstract void restartBroker();

    /** Sends something past Wayside to the subscriber. */
    abstract void say(String words);

    @Override
    public void begin(String device) {
        this.device = device;
        before.clear();
        unsubscribe();
        subscriber = subscribe();
    }

    @Override
    public FaultProxy proxy() {
        return proxy;
    }

    @Override
    public Trace expected(JsonNode event) {
        return new Trace(event.get("device").asText() + " " + event.get("id").asText(), event);
    }

    @Override
    public List<Trace> arrived() {
        List<Trace> arrived = new ArrayList<>(before);
        arrived.addAll(seen());
        return arrived;
    }

    private List<Trace> seen() {
        List<Trace> seen = new ArrayList<>();
        for (MosquittoSub.Message message : subscriber.messages()) {
            String json = event(message, device);
            if (json != null) {
                seen.add(expected(tree(json)));
            }
        }
        return seen;
    }

    @Override
    public boolean hasOrder() {
        return true;
    }

    /** What the broker has acknowledged it must have passed on, or it would be the broker that lost it. */
    @Override
    public void restart() {
        proxy.refuse();
        String last = "last before restart " + System.nanoTime();
        say(last);
        await().atMost(Trial.PATIENCE).until(() -> subscriber.messages().stream()
                .anyMatch(message -> message.payload().endsWith(last)));
        before.addAll(seen());
        unsubscribe();
        restartBroker();
        subscriber = subscribe();
        proxy.restore();
    }

    @Override
    public void close() {
        unsubscribe();
        proxy.close();
    }

    private void unsubscribe() {
        if (subscriber != null) {
            subscriber.close();
            subscriber = null;
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }
}
