package dev.wayside.matrix;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a sink keeps of an event.
 *
 * @param key by which the sink tells it from all others
 * @param content all that it keeps
 */
record Trace(String key, JsonNode content) {}
