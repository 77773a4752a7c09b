package dev.wayside.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.transport.TransportException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.failure.Causes;
import dev.wayside.store.HttpAccess;
import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.ResponseException;

/**
 * Interprets Elasticsearch's responses, for one document and for a whole request: the only place that decides between
 * delivered, refused permanently and to be retried.
 */
public final class ElasticsearchAnswers {
    /** Types of errors with status 400 that concern the index or the cluster, not the document. */
    private static final Set<String> OF_THE_CLUSTER =
            Set.of("index_closed_exception", "validation_exception", "invalid_index_name_exception");

    /** Beginnings of the same kind of errors, if their type also occurs for documents. */
    private static final List<String> WORDS_OF_THE_CLUSTER = List.of(
            "illegal_argument_exception: no write index is defined for alias",
            "illegal_argument_exception: pipeline with id");

    /** The same; anywhere else in a message, these words could be part of a value. */
    private static final Pattern TOO_MANY_FIELDS = Pattern.compile("(illegal_argument_exception:"
            + "|document_parsing_exception: \\[\\d+:\\d+] failed to parse:) Limit of total fields \\[");

    /** Part of the error for each document in a data stream: all are refused alike, so no document is at fault. */
    private static final String OF_A_DATA_STREAM = "data stream timestamp field [";

    /** The statuses that mean that the server does not allow or accept the index template. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(400, 403);

    private static final int LONGEST_QUOTE = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpAccess access;

    ElasticsearchAnswers(HttpAccess access) {
        this.access = access;
    }

    /**
     * The outcome for one document.
     *
     * @return empty if it is stored, otherwise why it is refused permanently
     * @throws StoreUnavailableException if it may be accepted later
     */
    public Optional<String> refusal(BulkResponseItem item) throws StoreUnavailableException {
        int status = item.status();
        // 409: it was created by an earlier attempt.
        if (status < 300 || status == 409) {
            return Optional.empty();
        }
        String type = item.error() == null ? "" : item.error().type();
        String words = item.error() == null ? "status " + status : words(item.error());
        if ((status == 400 && !isOfTheCluster(type, words)) || status == 413) {
            return Optional.of(words);
        }
        throw unavailable(status, words, null);
    }

    private static boolean isOfTheCluster(String type, String words) {
        return OF_THE_CLUSTER.contains(type)
                || words.contains(OF_A_DATA_STREAM)
                || WORDS_OF_THE_CLUSTER.stream().anyMatch(words::startsWith)
                || TOO_MANY_FIELDS.matcher(words).lookingAt();
    }

    /** Why a whole request failed, as a sentence; a retry may succeed. */
    public StoreUnavailableException failure(Throwable failure) {
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof StoreUnavailableException known) {
                return known;
            }
            if (cause instanceof ElasticsearchException answer) {
                return unavailable(answer.status(), words(answer.error()), failure);
            }
            if (cause instanceof ResponseException answer) {
                return unavailable(answer.getResponse().getStatusLine().getStatusCode(), words(answer), failure);
            }
            if (cause instanceof TransportException strange && strange.getCause() == null) {
                return unavailable(strange.statusCode(), String.valueOf(cause.getMessage()), failure);
            }
        }
        return access.unreachable(failure);
    }

    private StoreUnavailableException unavailable(int status, String words, Throwable cause) {
        if (isOfAnOlderServer(words)) {
            return access.unavailable(
                    "is older than 9 and refuses this client; Elasticsearch 9 or later is needed. It says: " + words,
                    cause);
        }
        if (words.contains(OF_A_DATA_STREAM)) {
            return access.unavailable(
                    "has a data stream under this index name, and a data stream cannot detect duplicates of an"
                            + " event: set elasticsearch.index to a name that no template for data streams covers."
                            + " It says: "
                            + words,
                    cause);
        }
        return access.answered(status, words, cause);
    }

    /** Whether the server does not support the API version that this client requests. */
    private static boolean isOfAnOlderServer(String words) {
        return words.contains("compatible-with=")
                && (words.contains("version must be either") || words.contains("is not supported"));
    }

    private static String words(ErrorCause error) {
        String cause = error.causedBy() == null ? null : error.causedBy().reason();
        return words(error.type(), error.reason(), cause);
    }

    /** Not the exception's message, which consists of the request, the status line and the raw body. */
    private static String words(ResponseException answer) {
        try {
            String body = EntityUtils.toString(answer.getResponse().getEntity());
            JsonNode error = JSON.readTree(body).path("error");
            if (error.isObject()) {
                return words(
                        error.path("type").asText(),
                        error.path("reason").asText(),
                        error.path("caused_by").path("reason").asText(null));
            }
            return quoted(error.isTextual() ? error.asText() : body);
        } catch (IOException | IllegalArgumentException e) {
            // Not Elasticsearch's JSON, or an empty body.
            return quoted(String.valueOf(answer.getMessage()));
        }
    }

    private static String words(String type, String reason, String cause) {
        return quoted(type + ": " + reason + (cause == null ? "" : "; " + cause));
    }

    private static String quoted(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }

    /** The failure if another server answered with a success. */
    StoreUnavailableException notElasticsearch(int status) {
        return access.unavailable(
                "gave an answer that is not Elasticsearch's (" + status + ", without the header "
                        + IndexTemplate.PRODUCT_HEADER + ")",
                null);
    }

    /** Why the index template cannot be installed, and what to do. */
    StoreUnavailableException templateFailure(String name, IOException failure) {
        StoreUnavailableException why = failure(failure);
        if (!(failure instanceof ResponseException answer)
                || !NOT_ALLOWED.contains(answer.getResponse().getStatusLine().getStatusCode())) {
            return why;
        }
        return access.unavailable(
                "refused the index template " + name + ": allow this user to manage index templates, or install it"
                        + " yourself and set elasticsearch.install-template=false. "
                        + why.getMessage(),
                failure);
    }
}
