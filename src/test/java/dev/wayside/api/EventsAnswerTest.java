package dev.wayside.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.event.FlatEvents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsAnswerTest {
    @ParameterizedTest
    @CsvSource({"car, _", "traffic light, _", "' stop  sign', .", "car count, _", "traffic light, $"})
    void aClassIsSoughtByTheKeyThatItsCountHasInTheEvent(String label, String separator) {
        FlatEvents events = new FlatEvents(separator);
        assertEquals(events.countKey(label), EventsAnswer.key(label, events.countKey("")));
    }
}
