package dev.wayside.influxdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.wayside.store.HttpAccess;
import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses recorded from InfluxDB 1.6.7. */
class InfluxAnswersTest {
    private static final String SERVER = "InfluxDB at http://localhost:8086 ";

    private final InfluxAnswers answers = new InfluxAnswers(new HttpAccess("InfluxDB", "http://localhost:8086"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partial write: points beyond retention policy dropped=2",
                "partial write: field type conflict: input field \"bus_count\" on measurement \"detections\" is type"
                        + " integer, already exists as type string dropped=1"
            })
    void droppedPointsAreRefusedPermanently(String words) {
        assertInstanceOf(PointsRefusedException.class, failure(400, words));
        assertEquals(words, failure(400, words).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "engine: cache-max-memory-size exceeded: (3215/3072)"})
    void temporaryErrorsAreRetried(String words) {
        assertInstanceOf(StoreUnavailableException.class, failure(500, words));
        assertEquals(
                SERVER + "cannot take events now (500): " + words,
                failure(500, words).getMessage());
    }

    @Test
    void aBadRequestFromAProxyRefusesNoPoint() {
        IOException failure = answers.failure(400, false, "<html>\n  Bad Request</html>");
        assertInstanceOf(StoreUnavailableException.class, failure);
        assertEquals(
                SERVER + "gave an answer that is not InfluxDB's (400): <html> Bad Request</html>",
                failure.getMessage());
    }

    private IOException failure(int status, String words) {
        return answers.failure(status, true, "{\"error\":\"" + words.replace("\"", "\\\"") + "\"}\n");
    }
}
