package dev.wayside.influxdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.store.HttpAccess;
import java.io.IOException;
import java.util.Locale;

/**
 * What an answer of InfluxDB means: the one place that decides between refused for good and to be tried again. By the
 * status codes of InfluxDB 1's {@code services/httpd/handler.go}, checked against 1.6.7.
 */
final class InfluxAnswers {
    /** On each answer of InfluxDB, errors included. */
    static final String VERSION_HEADER = "X-Influxdb-Version";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 300;

    private final HttpAccess access;

    InfluxAnswers(HttpAccess access) {
        this.access = access;
    }

    /**
     * The failure that an answer stands for.
     *
     * @param status the HTTP status; one below 400 only from something that is not InfluxDB
     * @param fromInflux whether InfluxDB itself answered; a proxy's 400 must not condemn events, its 200 not deliver them
     * @param body as sent
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

    /** What a proxy or a login page that says that all is well is told by. */
    private static String missing(int status) {
        return status < 400 ? ", without the header " + VERSION_HEADER : "";
    }

    /** 400: a point that it cannot read, or of another type than the field; 413: too large. */
    private static boolean isRefusal(int status) {
        return status == 400 || status == 413;
    }

    private static String words(String body) {
        String said = body.strip();
        try {
            JsonNode error = JSON.readTree(said).path("error");
            said = error.isTextual() ? error.asText() : said;
        } catch (JsonProcessingException e) {
            // Not JSON, hence not by InfluxDB: quoted as it came.
            said = said.replaceAll("\\s+", " ");
        }
        return said.length() <= LONGEST_QUOTE ? said : said.substring(0, LONGEST_QUOTE) + "…";
    }
}
