package dev.wayside.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NStringEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/**
 * Finds out whether the sink may write. A server with security is asked for the privileges of the user, which changes
 * nothing. One without security has no such question: there a document is created in an index of its own, and that index
 * is deleted.
 */
public final class TrialWrite {
    /** What Elasticsearch's typed client sends, and what an older server refuses. */
    private static final String VERSION = "; compatible-with=9";

    private static final String JSON_TYPE = "application/vnd.elasticsearch+json" + VERSION;
    private static final String LINES_TYPE = "application/vnd.elasticsearch+x-ndjson" + VERSION;
    private static final Set<Integer> OF_THE_USER = Set.of(401, 403);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ElasticsearchConnection connection;
    private final String index;
    private final boolean installTemplate;

    /**
     * Prepares a trial of one sink.
     *
     * @param index the first part of the names of its indices
     * @param installTemplate whether it installs the index template
     */
    public TrialWrite(ElasticsearchConnection connection, String index, boolean installTemplate) {
        this.connection = connection;
        this.index = index;
        this.installTemplate = installTemplate;
    }

    /**
     * Takes as long as a few requests.
     *
     * @param now decides the name of the index
     * @return what was done, as a clause
     * @throws StoreUnavailableException if the server is not usable, or does not permit it; the message says why
     */
    public String run(Instant now) throws StoreUnavailableException {
        try (RestClient client = connection.newClient()) {
            JsonNode privileges = privileges(client, EventDocuments.index(index, now));
            if (privileges == null) {
                write(client, now);
                return "a document was written to the index " + testIndex() + ", which was then deleted";
            }
            requireAll(privileges);
            return "the user " + privileges.path("username").asText() + " has the privileges that the sink needs;"
                    + " nothing was written";
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw connection.answers().failure(e);
        }
    }

    /** The answer about the privileges of this user; null from a server without security. */
    private JsonNode privileges(RestClient client, String target) throws IOException {
        List<String> ofTheCluster = installTemplate ? List.of("manage_index_templates") : List.of();
        Map<String, Object> question = Map.of(
                "cluster",
                ofTheCluster,
                "index",
                List.of(Map.of("names", List.of(target), "privileges", List.of("create_index", "create_doc"))));
        try {
            return send(
                    client, "POST", "/_security/user/_has_privileges", JSON.writeValueAsString(question), JSON_TYPE);
        } catch (ResponseException e) {
            if (OF_THE_USER.contains(e.getResponse().getStatusLine().getStatusCode())) {
                throw e;
            }
            return null;
        }
    }

    /** Package-private for the test, because the published parts of Elasticsearch have no security. */
    void requireAll(JsonNode answer) throws StoreUnavailableException {
        List<String> missing = new ArrayList<>();
        answer.path("cluster").properties().forEach(each -> {
            if (!each.getValue().asBoolean()) {
                missing.add(each.getKey() + " of the cluster");
            }
        });
        answer.path("index")
                .properties()
                .forEach(target -> target.getValue().properties().forEach(each -> {
                    if (!each.getValue().asBoolean()) {
                        missing.add(each.getKey() + " of the index " + target.getKey());
                    }
                }));
        if (!missing.isEmpty()) {
            throw connection
                    .access()
                    .unavailable(
                            "gives the user " + answer.path("username").asText()
                                    + " too few privileges: add to its role "
                                    + String.join(", ", missing)
                                    + (installTemplate
                                            ? ", or set elasticsearch.install-template=false if you install the"
                                                    + " template yourself"
                                            : ""),
                            null);
        }
    }

    private String testIndex() {
        return index + "-doctor";
    }

    private void write(RestClient client, Instant now) throws IOException {
        String document = JSON.writeValueAsString(Map.of("id", "doctor", "time", now.toString()));
        JsonNode answer = send(
                client,
                "POST",
                "/" + testIndex() + "/_bulk",
                "{\"create\":{\"_id\":\"doctor\"}}\n" + document + "\n",
                LINES_TYPE);
        JsonNode created = answer.path("items").path(0).path("create");
        send(client, "DELETE", "/" + testIndex(), null, JSON_TYPE);
        if (created.path("status").asInt() >= 300) {
            throw connection
                    .access()
                    .answered(
                            created.path("status").asInt(),
                            created.path("error").toString(),
                            null);
        }
    }

    private JsonNode send(RestClient client, String method, String path, String body, String type) throws IOException {
        Request request = new Request(method, path);
        request.setOptions(request.getOptions().toBuilder().addHeader("Accept", JSON_TYPE));
        if (body != null) {
            request.setEntity(new NStringEntity(body, ContentType.parse(type)));
        }
        Response response = client.performRequest(request);
        if (response.getHeader(IndexTemplate.PRODUCT_HEADER) == null) {
            throw connection.answers().notElasticsearch(response.getStatusLine().getStatusCode());
        }
        return JSON.readTree(EntityUtils.toString(response.getEntity()));
    }
}
