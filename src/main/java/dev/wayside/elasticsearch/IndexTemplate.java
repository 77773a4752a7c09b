package dev.wayside.elasticsearch;

import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.RestClient;

/**
 * The index template, which defines the types of the fields in the events' indices; see {@code
 * elasticsearch/index-template.json}.
 */
public final class IndexTemplate {
    /** Present on each response of Elasticsearch; Elasticsearch's own client checks it as well. */
    static final String PRODUCT_HEADER = "X-Elastic-Product";

    private final String index;

    /**
     * Makes the template for indices whose names begin with this.
     *
     * @param index the first part of their names; also the template's name
     */
    public IndexTemplate(String index) {
        this.index = index;
    }

    /**
     * Installs the template; replaces an existing one.
     *
     * @throws StoreUnavailableException if the server cannot be reached or does not allow it; the message says which
     */
    public void install(ElasticsearchConnection connection) throws StoreUnavailableException {
        try (RestClient client = connection.newClient()) {
            Request request = new Request("PUT", "/_index_template/" + index);
            request.setJsonEntity(json());
            Response response = client.performRequest(request);
            if (response.getHeader(PRODUCT_HEADER) == null) {
                // A login page's 200 must not count: the template would not be installed, and there is no second
                // attempt.
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
