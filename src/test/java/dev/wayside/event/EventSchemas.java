package dev.wayside.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.Set;

/** The shipped JSON Schemas, for every test that sees a message. */
public final class EventSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventSchemas() {}

    /** Fails unless the nested event keeps to {@code event-1.json}. */
    public static void assertNestedEvent(Object event) {
        assertValid("/schema/event-1.json", JSON.valueToTree(event));
    }

    /** Fails unless the flat event keeps to {@code flat-event-1.json}. */
    public static void assertFlatEvent(Object event) {
        assertValid("/schema/flat-event-1.json", JSON.valueToTree(event));
    }

    private static void assertValid(String schema, JsonNode event) {
        JsonSchema validator = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(EventSchemas.class.getResourceAsStream(schema));
        assertEquals(Set.of(), validator.validate(event), event::toString);
    }
}
