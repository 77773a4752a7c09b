package dev.wayside.influxdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.event.FlatEvents;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPointsTest {
    private static final Map<String, Object> EVENT = Map.of(
            "device",
            "pi-01",
            "camera",
            "front",
            "time",
            "2026-11-23T10:15:30.123Z",
            "sequence",
            7,
            "inference_ms",
            15.2,
            "count",
            Map.of("car", 2));

    @ParameterizedTest
    @ValueSource(strings = {"_", ".", "-", "__"})
    void hasTheSameFieldsWhateverTheSeparator(String separator) {
        Map<String, Object> flat = new FlatEvents(separator).flatten(EVENT);
        assertEquals(
                "detections,camera=front,device=pi-01 car_count=2i,inference_ms=15.2 1795428930123000007",
                new EventPoints(separator).point(flat).lineProtocol());
    }
}
