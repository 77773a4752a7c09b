package dev.wayside.elasticsearch;

import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.RestClient;

/** The types of the fields in the events' indices, as {@code elasticsearch/index-template.json} has them. */
public final class IndexTemplate {
    /** On each answer of Elasticsearch; its own client looks for it, too. */
    static final String PRODUCT_HEADER = "X-Elastic-Product";

    private final String index;

    /**
     * The template of these indices.
     *
     * @param index first part of their names, and the template's name
     */
    public IndexTemplate(String index) {
        this.index = index;
    }

    /**
     * Installs it, over an older one.
     *
     * @throws StoreUnavailableException if the server cannot be reached or does not allow it; the message says which
     */
    public void install(ElasticsearchConnection connection) throws StoreUnavailableException {
        try (RestClient client = connection.newClient()) {
            Request request = new Request("PUT", "/_index_template/" + index);
            request.setJsonEntity(json());
            Response response = client.performRequest(request);
            if (response.getHeader(PRODUCT_HEADER) == null) {
                // A login page's 200 is no template, and this is not asked for again.
                throw connection
                        .answers()
                        .notElasticsearch(response.getStatusLine().getStatusCode());
            }
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw connection.answers().templateFailure(index, e);
        }
    }

    private String json() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(IndexTemplate.class.getResourceAsStream("/elasticsearch/index-template.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("INDEX", index);
        }
    }
}
