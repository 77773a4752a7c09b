package dev.wayside.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.transport.TransportException;
import dev.wayside.store.HttpAccess;
import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.elasticsearch.client.ResponseException;

/**
 * What an answer of Elasticsearch means, for one document and for a whole request: the one place that decides between
 * delivered, refused for good and to be tried again.
 */
public final class ElasticsearchAnswers {
    /** Errors of status 400 that speak of the index or the cluster, not of the document. */
    private static final Set<String> OF_THE_CLUSTER =
            Set.of("index_closed_exception", "validation_exception", "invalid_index_name_exception");

    private static final int LONGEST_QUOTE = 500;

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
        if ((status == 400 && !OF_THE_CLUSTER.contains(type)) || status == 413) {
            return Optional.of(words);
        }
        throw unavailable(status, words, null);
    }

    /** Why a whole request failed, in a sentence; it may succeed later. */
    public StoreUnavailableException failure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException known) {
                return known;
            }
            if (cause instanceof ElasticsearchException answer) {
                return unavailable(answer.status(), words(answer.error()), failure);
            }
            if (cause instanceof ResponseException answer) {
                return unavailable(
                        answer.getResponse().getStatusLine().getStatusCode(),
                        String.valueOf(cause.getMessage()),
                        failure);
            }
            if (cause instanceof TransportException strange && strange.getCause() == null) {
                return unavailable(strange.statusCode(), String.valueOf(cause.getMessage()), failure);
            }
        }
        return access.unreachable(failure);
    }

    private StoreUnavailableException unavailable(int status, String words, Throwable cause) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("accept version must be") || lower.contains("compatible version is required")) {
            return access.unavailable(
                    "is older than 9 and refuses this client; Elasticsearch 9 or later is needed. It says: " + words,
                    cause);
        }
        return access.unavailable(
                switch (status) {
                    case 401 -> "does not accept the user, password or API key (401): " + words;
                    case 403 -> "forbids it (403): " + words;
                    case 413 -> "or a proxy before it finds the request too large (413): make batches smaller.";
                    case 429 -> "has too much to do (429): " + words;
                    default -> "cannot take events now (" + status + "): " + words;
                },
                cause);
    }

    private static String words(ErrorCause error) {
        StringBuilder words = new StringBuilder(error.type() + ": " + error.reason());
        if (error.causedBy() != null && error.causedBy().reason() != null) {
            words.append("; ").append(error.causedBy().reason());
        }
        return words.length() <= LONGEST_QUOTE ? words.toString() : words.substring(0, LONGEST_QUOTE) + "…";
    }

    /** Why the index template cannot be installed, and what to do. */
    StoreUnavailableException templateFailure(String name, IOException failure) {
        StoreUnavailableException why = failure(failure);
        if (!(failure instanceof ResponseException)) {
            return why;
        }
        return access.unavailable(
                "refused the index template " + name
                        + ": allow this user to manage index templates, or install it yourself and switch it off here. "
                        + why.getMessage(),
                failure);
    }
}
