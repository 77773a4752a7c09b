package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DisconnectDiagnosisTest {
    private final DisconnectDiagnosis diagnosis = new DisconnectDiagnosis();

    @Test
    void suspectsTheMessageThatHasNoAnswerWhenTheConnectionEndsAfterItTwice() {
        endAfter("demo/car_count");
        assertEquals("", diagnosis.suspicion());
        endAfter("demo/car_count");
        assertTrue(diagnosis.suspicion().contains(" after a message to demo/car_count,"), diagnosis::suspicion);
    }

    @Test
    void aMessageThatIsAnsweredAfterItClearsIt() {
        endAfter("demo/car_count");
        diagnosis.unanswered("demo/car_count");
        diagnosis.answered();
        endAfter("demo/car_count");
        assertEquals("", diagnosis.suspicion());
    }

    @Test
    void suspectsEachMessageWhenNoneIsEverAnswered() {
        for (int i = 0; i < 2; i++) {
            assertEquals("", diagnosis.suspicion());
            diagnosis.closedOnMessage();
            diagnosis.ended();
        }
        assertEquals("the broker closes the connection on each message", diagnosis.suspicion());
        diagnosis.answered();
        assertEquals("", diagnosis.suspicion());
    }

    /** As the first of a batch that begins anew each time is answered, and the second finds no connection. */
    private void endAfter(String topic) {
        diagnosis.answered();
        diagnosis.unanswered(topic);
        diagnosis.closedOnMessage();
        diagnosis.ended();
    }
}
