package dev.wayside.elasticsearch;

import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.util.BinaryData;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Converts a flat event to a document: the unchanged event, created under its id in the index of its month (UTC), such
 * as {@code wayside-events-2026.11}.
 */
public final class EventDocuments {
    /** Elasticsearch's limit for an {@code _id}, in bytes. */
    private static final int LONGEST_ID = 512;
    /** In bytes: far above the 128 KB of a flat event, far below the server's limit of 100 MB per request. */
    private static final int LARGEST_DOCUMENT = 1_000_000;

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu.MM", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String index;

    /**
     * An operation of a bulk request and its size.
     *
     * @param operation the operation that creates the document
     * @param bytes the size of the document's JSON
     */
    public record Document(BulkOperation operation, int bytes) {}

    /**
     * Makes documents for indices whose names begin with this.
     *
     * @param index the first part of their names
     */
    public EventDocuments(String index) {
        this.index = index;
    }

    /**
     * The operation that creates the event's document under the event's id.
     *
     * @throws IllegalArgumentException if the event cannot be a document; the message says why
     */
    public Document document(Map<String, Object> event) {
        if (!(event.get("id") instanceof String id) || id.isEmpty()) {
            throw new IllegalArgumentException("id must be a non-empty text");
        }
        if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            throw new IllegalArgumentException("id is longer than " + LONGEST_ID + " bytes");
        }
        byte[] json = json(event);
        if (json.length > LARGEST_DOCUMENT) {
            throw new IllegalArgumentException(
                    "the event has " + json.length + " bytes; the maximum is " + LARGEST_DOCUMENT);
        }
        String target = index(index, time(event));
        return new Document(
                BulkOperation.of(bulk -> bulk.create(
                        create -> create.index(target).id(id).document(BinaryData.of(json, "application/json")))),
                json.length);
    }

    /**
     * The index of the month of this time.
     *
     * @param first the first part of its name
     */
    static String index(String first, Instant time) {
        return first + "-" + MONTH.format(time);
    }

    private static Instant time(Map<String, Object> event) {
        try {
            return Instant.parse(String.valueOf(event.get("time")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time is '" + event.get("time") + "'; it must be like 2026-11-23T10:15:30.123Z", e);
        }
    }

    private static byte[] json(Map<String, Object> event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the event cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
