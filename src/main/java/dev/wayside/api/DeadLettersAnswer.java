package dev.wayside.api;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.DeadLetters;
import dev.wayside.journal.DeadLetters.Choice;
import dev.wayside.journal.DeadLetters.Count;
import dev.wayside.journal.DeadLetters.Letter;
import dev.wayside.journal.Journal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that a sink refused permanently: lists, retries and deletes them. */
record DeadLettersAnswer(Journal journal) {
    private static final Logger log = LoggerFactory.getLogger(DeadLettersAnswer.class);
    private static final int MOST = 100;
    private static final Choice ALL = new Choice(List.of(), null);

    Answer newest(RoutingContext request) throws SQLException {
        String sink = request.pathParam("sink");
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return journal.readDeadLetters(letters -> {
            requireSink(letters, sink);
            Count count = letters.count(sink, ALL);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("sink", sink);
            answer.put("time", asked.toString());
            answer.put("letters", count.letters());
            answer.put("retrying", count.retrying());
            answer.put(
                    "newest",
                    letters.newest(sink, MOST).stream()
                            .map(DeadLettersAnswer::plain)
                            .toList());
            return Answer.json(answer);
        });
    }

    Answer retry(RoutingContext request) throws SQLException {
        return change(request, "queued for another delivery to", DeadLetters::retry);
    }

    /** Those that are queued for a retry stay: they are about to be delivered. */
    Answer purge(RoutingContext request) throws SQLException {
        return change(request, "deleted of", DeadLetters::purgeUnlessQueued);
    }

    private interface Change {
        int apply(DeadLetters letters, String sink, Choice choice) throws SQLException;
    }

    private Answer change(RoutingContext request, String done, Change change) throws SQLException {
        String sink = request.pathParam("sink");
        Choice choice = choice(request);
        List<String> unknown = journal.readDeadLetters(letters -> {
            requireSink(letters, sink);
            return letters.unknown(sink, choice);
        });
        if (!unknown.isEmpty()) {
            throw new NotFoundException(sink + " has no dead letter for " + String.join(", ", unknown) + ".");
        }
        int changed = journal.changeDeadLetters(letters -> change.apply(letters, sink, choice));
        log.info("{} dead letters were {} {} on the page", changed, done, sink);
        return Answer.json(Map.of("sink", sink, "letters", changed));
    }

    private static void requireSink(DeadLetters letters, String sink) throws SQLException {
        List<String> sinks = letters.sinks();
        if (!sinks.contains(sink)) {
            throw new NotFoundException(
                    "The journal knows no sink '" + sink + "'. It knows: " + String.join(", ", sinks) + ".");
        }
    }

    /** All of them if the request has no body. */
    private static Choice choice(RoutingContext request) {
        if (!hasBody(request.request())) {
            return ALL;
        }
        String body = request.body().asString();
        try {
            JsonObject json = new JsonObject(body == null ? "" : body);
            List<String> events = events(json.getJsonArray("events"));
            String before = json.getString("before");
            boolean chosen = json.containsKey("events") ? !events.isEmpty() : before != null;
            if (chosen && Set.of("events", "before").containsAll(json.fieldNames())) {
                return new Choice(events, before == null ? null : Instant.parse(before));
            }
        } catch (DecodeException | ClassCastException | DateTimeException e) {
            log.debug("not a choice of dead letters: {}", body, e);
        }
        throw new InvalidInputException("The body must be empty, for all dead letters, or JSON:"
                + " {\"events\": [\"<id>\", …]} for those of some events, {\"before\": \"<time>\"} for those refused before a"
                + " time, or both.");
    }

    /** Whether there is any, also one of a kind that is not read: it must never count as a request for all of them. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return length != null && !length.equals("0")
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || type != null && !type.startsWith("application/json");
    }

    private static List<String> events(JsonArray events) {
        return events == null
                ? List.of()
                : events.stream().map(String.class::cast).toList();
    }

    private static Map<String, Object> plain(Letter letter) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("event", letter.eventId());
        plain.put("time", letter.time());
        plain.put("reason", letter.reason());
        plain.put("retry", letter.retry());
        return plain;
    }
}
