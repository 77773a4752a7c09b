package dev.wayside.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.store.StoreUnavailableException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class SinkErrorsTest {
    private static final String SENTENCE =
            "InfluxDB at http://127.0.0.1:8086 refuses the connection: is it running there?";

    @Test
    void saysWhatTheSinkItselfSaysHoweverDeepAndWhateverLiesBelow() {
        Exception own = new StoreUnavailableException(SENTENCE, new ConnectException("Connection refused"));
        assertEquals(SENTENCE, SinkErrors.sentence(new IllegalStateException("Error during processing", own)));
    }

    @Test
    void takesTheOuterOfTwoSentences() {
        Exception inner = new StoreUnavailableException("the connection broke");
        assertEquals(SENTENCE, SinkErrors.sentence(new StoreUnavailableException(SENTENCE, inner)));
    }

    @Test
    void saysWhatLiesAtTheBottomWhereNothingIsItsOwn() {
        Exception foreign = new IllegalStateException("wrapped", new ConnectException("Connection refused"));
        assertEquals("Connection refused", SinkErrors.sentence(foreign));
        assertEquals("ConnectException", SinkErrors.sentence(new RuntimeException(new ConnectException())));
    }
}
