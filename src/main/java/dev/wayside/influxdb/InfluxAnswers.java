package dev.wayside.influxdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.store.HttpAccess;
import java.io.IOException;
import java.util.Locale;

/**
 * Interprets InfluxDB's responses: the only place that decides between a permanent refusal and a retry. Follows the
 * status codes in {@code services/httpd/handler.go} of InfluxDB 1, checked against 1.6.7.
 */
final class InfluxAnswers {
    /** Present on each response of InfluxDB, including errors. */
    static final String VERSION_HEADER = "X-Influxdb-Version";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 300;

    private final HttpAccess access;

    InfluxAnswers(HttpAccess access) {
        this.access = access;
    }

    /**
     * The failure that a response means.
     *
     * @param status the HTTP status; below 400 only if the response is not InfluxDB's
     * @param fromInflux whether InfluxDB itself answered: a proxy's 400 must not send events to the dead letters, and
     *     its 200 must not count as a delivery
     * @param body the body as received
     */
    IOException failure(int status, boolean fromInflux, String body) {
        String words = words(body);
        if (!fromInflux) {
            return access.unavailable(
                    "gave an answer that is not InfluxDB's (" + status + missing(status) + ")"
                            + (words.isEmpty() ? "" : ": " + words),
                    null);
        }
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.startsWith("database not found") || lower.startsWith("retention policy not found")) {
            return new DatabaseMissingException(words);
        }
        if (isRefusal(status) && !lower.contains("cache-max-memory-size") && !lower.contains("timeout")) {
            return new PointsRefusedException(words);
        }
        return access.answered(status, words, null);
    }

    /** Explains how a success of a proxy or a login page was recognised. */
    private static String missing(int status) {
        return status < 400 ? ", without the header " + VERSION_HEADER : "";
    }

    /** 400: a malformed point, or a value of another type than the field; 413: too large. */
    private static boolean isRefusal(int status) {
        return status == 400 || status == 413;
    }

    private static String words(String body) {
        String said = body.strip();
        try {
            JsonNode error = JSON.readTree(said).path("error");
            said = error.isTextual() ? error.asText() : said;
        } catch (JsonProcessingException e) {
            // Not JSON, so not from InfluxDB: quoted as received.
            said = said.replaceAll("\\s+", " ");
        }
        return said.length() <= LONGEST_QUOTE ? said : said.substring(0, LONGEST_QUOTE) + "…";
    }
}
