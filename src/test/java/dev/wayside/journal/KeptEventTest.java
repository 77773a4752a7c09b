package dev.wayside.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptEventTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** With a space, which would be lost if the event were serialised again. */
    private static final String EVENT =
            "{\"id\": \"pi/front/1\",\"car_count\":2,\"big\":12345678901,\"score\":0.87,\"on\":true,\"off\":false,"
                    + "\"none\":null,\"note\":\"\\\"ü\\n\",\"list\":[1,{\"a\":2}]}";

    private final KeptEvent event = new KeptEvent(EVENT);

    @Test
    void isTheMapThatJacksonReads() throws Exception {
        Map<String, Object> map = JSON.readValue(EVENT, new TypeReference<LinkedHashMap<String, Object>>() {});
        Map<String, Object> walked = new LinkedHashMap<>();
        event.forEach(walked::put);
        assertEquals(map, walked);
        map.forEach((key, value) -> assertEquals(value, event.get(key), key));
        assertNull(event.get("missing"));
        assertEquals(map, event);
        assertEquals(map.hashCode(), event.hashCode());
        assertEquals(List.copyOf(map.keySet()), List.copyOf(event.keySet()));
        map.forEach((key, value) -> assertEquals(value, event.get(key), key));
        assertTrue(event.containsKey("none"));
        assertFalse(event.containsKey("missing"));
    }

    @Test
    void isWrittenUnchangedUntilItIsModified() throws Exception {
        assertEquals(EVENT, JSON.writeValueAsString(event));
        event.get("score");
        event.keySet();
        assertEquals("[" + EVENT + "]", JSON.writeValueAsString(List.of(event)));
        assertEquals(2, event.put("car_count", 3));
        event.remove("list");
        event.remove("note");
        assertEquals(
                "{\"id\":\"pi/front/1\",\"car_count\":3,\"big\":12345678901,\"score\":0.87,\"on\":true,\"off\":false,"
                        + "\"none\":null}",
                JSON.writeValueAsString(event));
        event.clear();
        assertEquals("{}", JSON.writeValueAsString(event));
    }

    @Test
    void cannotBeChangedThroughItsViews() {
        assertThrows(UnsupportedOperationException.class, () -> event.keySet().remove("id"));
        assertThrows(UnsupportedOperationException.class, () -> event.entrySet().clear());
        assertEquals(9, event.size());
    }

    @Test
    void saysThatItIsNotAnObject() {
        assertThrows(UncheckedIOException.class, () -> new KeptEvent("[1]").get("id"));
        assertThrows(UncheckedIOException.class, () -> new KeptEvent("{\"id\":").get("id"));
    }
}
