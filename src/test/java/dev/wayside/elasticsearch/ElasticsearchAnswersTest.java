package dev.wayside.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.bulk.OperationType;
import dev.wayside.store.HttpAccess;
import dev.wayside.store.StoreUnavailableException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Responses recorded from Elasticsearch 9.2.2, or 8.19.0 where noted. */
class ElasticsearchAnswersTest {
    private static final String SERVER = "Elasticsearch at http://localhost:9200 ";

    private final ElasticsearchAnswers answers =
            new ElasticsearchAnswers(new HttpAccess("Elasticsearch", "http://localhost:9200"));

    @Test
    void aDocumentThatExistsCountsAsDelivered() throws Exception {
        assertEquals(Optional.empty(), answers.refusal(item(201, null, null)));
        String words = "[a]: version conflict, document already exists (current version [1])";
        assertEquals(Optional.empty(), answers.refusal(item(409, "version_conflict_engine_exception", words)));
    }

    @Test
    void aDocumentThatDoesNotFitTheMappingIsRefusedPermanently() throws Exception {
        String words =
                "[1:14] failed to parse field [car_count] of type [long] in document with id 'a'. Preview of field's"
                        + " value: 'Limit of total fields ['";
        assertEquals(
                Optional.of("document_parsing_exception: " + words),
                answers.refusal(item(400, "document_parsing_exception", words)));
    }

    @Test
    void errorsOfTheIndexAreRetried() {
        assertLater(400, "index_closed_exception", "closed", "cannot take events now (400)");
        assertLater(
                400,
                "validation_exception",
                "Validation Failed: 1: this action would add [2] shards, but this cluster currently has [4]/[1] maximum"
                        + " normal shards open;",
                "cannot take events now (400)");
        assertLater(
                400,
                "illegal_argument_exception",
                "no write index is defined for alias [al]. The write index may be explicitly disabled using"
                        + " is_write_index=false or the alias points to multiple indices without one being"
                        + " designated as a"
                        + " write index",
                "cannot take events now (400)");
        assertLater(
                400,
                "document_parsing_exception",
                "[1:14] failed to parse: Limit of total fields [1] has been exceeded while adding new fields [2]",
                "cannot take events now (400)");
        assertLater(
                404,
                "index_not_found_exception",
                "no such index [t-9] and [action.auto_create_index] is [false]",
                "cannot take events now (404)");
        assertLater(
                403,
                "cluster_block_exception",
                "index [t-1] blocked by: [FORBIDDEN/5/index read-only (api)];",
                "denies access (403)");
        assertLater(
                429,
                "cluster_block_exception",
                "index [t-1] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has"
                        + " read-only-allow-delete block];",
                "is overloaded (429)");
        assertLater(
                503,
                "unavailable_shards_exception",
                "[t-3][0] primary shard is not active Timeout: [1s]",
                "cannot take events now (503)");
    }

    private void assertLater(int status, String type, String reason, String meaning) {
        StoreUnavailableException later =
                assertThrows(StoreUnavailableException.class, () -> answers.refusal(item(status, type, reason)));
        assertEquals(SERVER + meaning + ": " + type + ": " + reason, later.getMessage());
    }

    /** The error message of 8.19.0. */
    @Test
    void anOlderServerIsReportedWithItsOwnMessage() {
        ErrorCause why = ErrorCause.of(cause -> cause.type("status_exception")
                .reason("Accept version must be either version 8 or 7, but found 9."
                        + " Accept=application/vnd.elasticsearch+json; compatible-with=9"));
        ErrorCause error = ErrorCause.of(cause -> cause.type("media_type_header_exception")
                .reason("Invalid media-type value on headers [Accept, Content-Type]")
                .causedBy(why));
        assertEquals(
                SERVER + "is older than 9 and refuses this client; Elasticsearch 9 or later is needed. It says:"
                        + " media_type_header_exception: Invalid media-type value on headers [Accept, Content-Type];"
                        + " Accept version must be either version 8 or 7, but found 9."
                        + " Accept=application/vnd.elasticsearch+json; compatible-with=9",
                answers.failure(whole(400, error)).getMessage());
    }

    @Test
    void anOverloadedServerIsRetried() {
        String reason = "rejected execution of coordinating operation [coordinating_and_primary_bytes=0,"
                + " replica_bytes=0, all_bytes=0, coordinating_operation_bytes=12240, max_coordinating_bytes=1024]";
        ErrorCause error = ErrorCause.of(
                cause -> cause.type("es_rejected_execution_exception").reason(reason));
        assertEquals(
                SERVER + "is overloaded (429): es_rejected_execution_exception: " + reason,
                answers.failure(whole(429, error)).getMessage());
    }

    @Test
    void anExplainedFailureKeepsItsMessage() {
        StoreUnavailableException known = new StoreUnavailableException("a sentence");
        assertSame(known, answers.failure(new IllegalStateException(known)));
    }

    private static ElasticsearchException whole(int status, ErrorCause error) {
        return new ElasticsearchException(
                "es/bulk", ErrorResponse.of(response -> response.status(status).error(error)));
    }

    private static BulkResponseItem item(int status, String type, String reason) {
        return BulkResponseItem.of(item -> {
            item.operationType(OperationType.Create).index("t-1").id("a").status(status);
            return type == null ? item : item.error(error -> error.type(type).reason(reason));
        });
    }
}
