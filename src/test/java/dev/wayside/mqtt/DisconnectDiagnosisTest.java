package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DisconnectDiagnosisTest {
    private final DisconnectDiagnosis diagnosis = new DisconnectDiagnosis();

    @Test
    void suspectsAnUnacknowledgedMessageAfterTwoLosses() {
        endAfter("demo/car_count");
        assertEquals("", diagnosis.suspicion());
        endAfter("demo/car_count");
        assertTrue(diagnosis.suspicion().contains(" after a message to demo/car_count,"), diagnosis::suspicion);
    }

    @Test
    void aLaterAcknowledgementClearsTheSuspicion() {
        endAfter("demo/car_count");
        diagnosis.unanswered("demo/car_count");
        diagnosis.answered();
        endAfter("demo/car_count");
        assertEquals("", diagnosis.suspicion());
    }

    @Test
    void suspectsEveryMessageWhenNoneIsAcknowledged() {
        for (int i = 0; i < 2; i++) {
            assertEquals("", diagnosis.suspicion());
            diagnosis.closedOnMessage();
            diagnosis.ended();
        }
        assertEquals("the broker closes the connection on each message", diagnosis.suspicion());
        diagnosis.answered();
        assertEquals("", diagnosis.suspicion());
    }

    /** The first message of a batch that is retried each time is acknowledged; the second finds no connection. */
    private void endAfter(String topic) {
        diagnosis.answered();
        diagnosis.unanswered(topic);
        diagnosis.closedOnMessage();
        diagnosis.ended();
    }
}
