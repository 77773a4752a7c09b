package dev.wayside.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;

/** The interpretation of the answer of the API "has privileges" (Elasticsearch 9, REST APIs, Security). */
class TrialWriteTest {
    private final TrialWrite test =
            new TrialWrite(new ElasticsearchConnection("http://localhost:9200"), "wayside-events", true);

    @Test
    void aUserWithAllPrivilegesMayWrite() throws Exception {
        JsonNode answer = answer("true", "true");
        assertDoesNotThrow(() -> test.requireAll(answer));
    }

    @Test
    void theMissingPrivilegesAreNamed() throws Exception {
        JsonNode answer = answer("false", "false");
        StoreUnavailableException failure =
                assertThrows(StoreUnavailableException.class, () -> test.requireAll(answer));
        assertEquals(
                "Elasticsearch at http://localhost:9200 gives the user pi too few privileges: add to its role"
                        + " manage_index_templates of the cluster, create_doc of the index wayside-events-2026.11, or set"
                        + " elasticsearch.install-template=false if you install the template yourself",
                failure.getMessage());
    }

    private static JsonNode answer(String templates, String documents) throws Exception {
        return new ObjectMapper()
                .readTree("{\"username\":\"pi\",\"has_all_requested\":false,\"cluster\":{\"manage_index_templates\":"
                        + templates + "},\"index\":{\"wayside-events-2026.11\":{\"create_index\":true,\"create_doc\":"
                        + documents + "}},\"application\":{}}");
    }
}
