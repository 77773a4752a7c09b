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
 * What an answer of Elasticsearch means, for one document and for a whole request: the one place that decides between
 * delivered, refused for good and to be tried again.
 */
public final class ElasticsearchAnswers {
    /** Errors of status 400 that speak of the index or the cluster, not of the document. */
    private static final Set<String> OF_THE_CLUSTER =
            Set.of("index_closed_exception", "validation_exception", "invalid_index_name_exception");

    /** The same, where the type of the error is one that documents have, too. */
    private static final List<String> WORDS_OF_THE_CLUSTER = List.of(
            "illegal_argument_exception: no write index is defined for alias",
            "illegal_argument_exception: pipeline with id");

    /** The same; anywhere else these words could be a value's. */
    private static final Pattern TOO_MANY_FIELDS = Pattern.compile("(illegal_argument_exception:"
            + "|document_parsing_exception: \\[\\d+:\\d+] failed to parse:) Limit of total fields \\[");

    /** What a data stream asks of each document: all are refused alike, and none is to blame. */
    private static final String OF_A_DATA_STREAM = "data stream timestamp field [";

    /** What an answer to the index template must be so that its installation is at fault, and not the server. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(400, 403);

    private static final int LONGEST_QUOTE = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpAccess access;

    ElasticsearchAnswers(HttpAccess access) {
        this.access = access;
    }

    /**
     * What became of one document.
     *
     * @return empty when it is there, else why it is refused for good
     * @throws StoreUnavailableException if it can be taken later
     */
    public Optional<String> refusal(BulkResponseItem item) throws StoreUnavailableException {
        int status = item.status();
        // 409: created by an earlier attempt.
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

    /** Why a whole request failed, in a sentence; it may succeed later. */
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
                    "keeps a data stream under this index name, which cannot tell that it has an event already: set"
                            + " elasticsearch.index to a name that no template for data streams covers. It says: "
                            + words,
                    cause);
        }
        return access.answered(status, words, cause);
    }

    /** It does not know the version of the API that this client asks for. */
    private static boolean isOfAnOlderServer(String words) {
        return words.contains("compatible-with=")
                && (words.contains("version must be either") || words.contains("is not supported"));
    }

    private static String words(ErrorCause error) {
        String cause = error.causedBy() == null ? null : error.causedBy().reason();
        return words(error.type(), error.reason(), cause);
    }

    /** Its own message is the request, the status line and the answer's body as it came. */
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
            // Not Elasticsearch's own JSON, or nothing at all.
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

    /** Something else answered in its place, and said that all is well. */
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
                "refused the index template " + name
                        + ": allow this user to manage index templates, or install it yourself and switch it off here. "
                        + why.getMessage(),
                failure);
    }
}
