package dev.wayside.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The body of a successful response.
 *
 * @param type the content type
 * @param file the name under which a browser saves it; null to show it
 */
record Answer(String type, String body, String file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The value as JSON: a map, a list or a plain value. */
    static Answer json(Object value) {
        try {
            return new Answer("application/json", JSON.writeValueAsString(value), null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be written as JSON", e);
        }
    }
}
