package dev.wayside.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wayside.servers.HttpStub;
import dev.wayside.store.StoreUnavailableException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexTemplateTest {
    @Test
    void aLoginPagesSuccessIsNoInstallation() throws Exception {
        try (HttpStub server = new HttpStub().answer("/", 200, "Please log in", Map.of());
                ElasticsearchConnection connection = new ElasticsearchConnection(server.url())) {
            StoreUnavailableException failure = assertThrows(
                    StoreUnavailableException.class, () -> new IndexTemplate("events").install(connection));
            assertEquals(
                    "Elasticsearch at " + server.url() + " gave an answer that is not Elasticsearch's"
                            + " (200, without the header X-Elastic-Product)",
                    failure.getMessage());
        }
    }

    @Test
    void elasticsearchsOwnSuccessIsAnInstallation() throws Exception {
        Map<String, String> product = Map.of("X-Elastic-Product", "Elasticsearch");
        try (HttpStub server = new HttpStub().answer("/", 200, "{\"acknowledged\":true}", product);
                ElasticsearchConnection connection = new ElasticsearchConnection(server.url())) {
            new IndexTemplate("events").install(connection);
        }
    }
}
