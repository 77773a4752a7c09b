package dev.wayside.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Validates messages in tests against the shipped JSON Schemas. */
public final class EventSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventSchemas() {}

    /** Fails unless the nested event is valid against {@code event-1.json}. */
    public static void assertNestedEvent(Object event) {
        assertValid("/schema/event-1.json", JSON.valueToTree(event));
    }

    /** Fails unless the flat event is valid against {@code flat-event-1.json}. */
    public static void assertFlatEvent(Object event) {
        assertValid("/schema/flat-event-1.json", JSON.valueToTree(event));
    }

    private static void assertValid(String schema, JsonNode event) {
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(EventSchemas.class.getResourceAsStream(schema));
        assertEquals(List.of(), validator.validate(event.toString(), InputFormat.JSON), event::toString);
    }
}
