package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClosingsTest {
    private final Closings closings = new Closings();

    @Test
    void suspectsTheMessageThatHasNoAnswerWhenTheConnectionEndsAfterItTwice() {
        endAfter("demo/car_count");
        assertEquals("", closings.suspicion());
        endAfter("demo/car_count");
        assertTrue(closings.suspicion().contains(" after a message to demo/car_count,"), closings::suspicion);
    }

    @Test
    void aMessageThatIsAnsweredAfterItClearsIt() {
        endAfter("demo/car_count");
        closings.unanswered("demo/car_count");
        closings.answered();
        endAfter("demo/car_count");
        assertEquals("", closings.suspicion());
    }

    @Test
    void suspectsEachMessageWhenNoneIsEverAnswered() {
        for (int i = 0; i < 2; i++) {
            assertEquals("", closings.suspicion());
            closings.closedOnMessage();
            closings.ended();
        }
        assertEquals("the broker closes the connection on each message", closings.suspicion());
        closings.answered();
        assertEquals("", closings.suspicion());
    }

    /** As the first of a batch that begins anew each time is answered, and the second finds no connection. */
    private void endAfter(String topic) {
        closings.answered();
        closings.unanswered(topic);
        closings.closedOnMessage();
        closings.ended();
    }
}
