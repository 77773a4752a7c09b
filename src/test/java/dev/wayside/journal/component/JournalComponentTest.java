package dev.wayside.journal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalComponentTest {
    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Journal journal;

    @BeforeEach
    void start() throws Exception {
        journal = new Journal(directory.resolve("journal.db"), 1L << 30, Duration.ofDays(7));
        journal.start();
        context.getRegistry().bind("journal", journal);
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        journal.close();
    }

    /** The descriptions that YAML editors, JMX and Hawtio show. */
    @Test
    void describesItsOptionsToCamel() throws Exception {
        JsonNode schema = new ObjectMapper().readTree(context.getComponentParameterJsonSchema("journal"));
        assertEquals("journal:sink", schema.at("/component/syntax").asText());
        for (String option : List.of("sink", "batchSize", "retryMax", "start")) {
            String description =
                    schema.at("/properties/" + option + "/description").asText();
            assertTrue(description.endsWith("."), option + ": " + description);
        }
        assertEquals(100, schema.at("/properties/batchSize/defaultValue").asInt());
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() {
        ResolveEndpointFailedException refusal = assertThrows(
                ResolveEndpointFailedException.class, () -> context.getEndpoint("journal:webhook?batches=3"));
        assertTrue(refusal.getMessage().contains("batches"), refusal::getMessage);
    }

    @Test
    void refusesAnInvalidNameOfASink() throws Exception {
        assertThrows(InvalidInputException.class, () -> context.getEndpoint("journal:no name")
                .createConsumer(exchange -> {}));
    }

    @Test
    void acceptsAMapWithAnIdAndNothingElse() {
        assertEquals(null, send(Map.of("id", "a", "camera", "front")).getException());
        for (Object body : new Object[] {"text", List.of(), null, Map.of("camera", "front")}) {
            Exception refusal = send(body).getException();
            assertInstanceOf(IllegalArgumentException.class, refusal);
            assertTrue(refusal.getMessage().contains("maps with a text 'id'"), refusal::getMessage);
        }
        assertEquals(1L, journal.status().get("events"));
    }

    private Exchange send(Object body) {
        return context.createProducerTemplate()
                .send("journal:accept", exchange -> exchange.getMessage().setBody(body));
    }
}
