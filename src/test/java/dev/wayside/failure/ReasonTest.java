package dev.wayside.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.store.StoreUnavailableException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final String SENTENCE =
            "InfluxDB at http://127.0.0.1:8086 refuses the connection: is it running there?";

    @Test
    void usesWaysidesOwnMessageHoweverDeepItIsWrapped() {
        Exception own = new StoreUnavailableException(SENTENCE, new ConnectException("Connection refused"));
        assertEquals(SENTENCE, Reason.of(new IllegalStateException("Error during processing", own)));
    }

    @Test
    void usesTheOuterOfTwoOwnMessages() {
        Exception inner = new StoreUnavailableException("the connection broke");
        assertEquals(SENTENCE, Reason.of(new StoreUnavailableException(SENTENCE, inner)));
    }

    @Test
    void printsOneLineIfThereIsNoOwnMessage() {
        Exception foreign = new IllegalStateException("wrapped\n  twice", new ConnectException("Connection refused"));
        String refused = "the server refuses the connection: check that it runs, and that host and port are right";
        assertEquals("wrapped twice: " + refused, Reason.of(foreign));
        assertEquals(refused, Reason.ofRoot(foreign));
        assertEquals("IllegalStateException", Reason.of(new IllegalStateException()));
        assertEquals("red alert", Reason.of(new IllegalStateException("red\u001b\nalert\u0007")));
        assertEquals("no", Reason.of(new RuntimeException(new IllegalStateException("no"))));
    }

    @Test
    void omitsCamelsMessageAboutASplit() {
        Exception cause = new IllegalStateException("HTTP 503");
        Exception split = new Exception(
                "Multicast processing failed for number 1. Exchange[6F]. Caused by: [java.lang.IllegalStateException -"
                        + " HTTP 503]",
                cause);
        assertEquals("HTTP 503", Reason.of(split));
    }
}
