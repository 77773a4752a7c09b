package dev.wayside.api;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.DeadLetters;
import dev.wayside.journal.DeadLetters.Choice;
import dev.wayside.journal.DeadLetters.Count;
import dev.wayside.journal.DeadLetters.Letter;
import dev.wayside.journal.Journal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that a sink refused permanently: lists, retries and deletes them. */
record DeadLettersAnswer(Journal journal) {
    private static final Logger log = LoggerFactory.getLogger(DeadLettersAnswer.class);
    private static final int MOST = 100;

    Answer newest(RoutingContext request) throws SQLException {
        String sink = request.pathParam("sink");
        return journal.deadLetters(letters -> {
            Count count = count(letters, sink);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("sink", sink);
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

    Answer purge(RoutingContext request) throws SQLException {
        return change(request, "deleted of", DeadLetters::purge);
    }

    private interface Change {
        void apply(DeadLetters letters, String sink, Choice choice) throws SQLException;
    }

    private Answer change(RoutingContext request, String done, Change change) throws SQLException {
        String sink = request.pathParam("sink");
        Choice choice = new Choice(events(request.body().asString()), null);
        return journal.deadLetters(letters -> {
            count(letters, sink);
            List<String> unknown = letters.unknown(sink, choice);
            if (!unknown.isEmpty()) {
                throw new NotFoundException(sink + " has no dead letter for " + String.join(", ", unknown) + ".");
            }
            long changed = letters.count(sink, choice).letters();
            change.apply(letters, sink, choice);
            log.info("{} dead letters were {} {} on the page", changed, done, sink);
            return Answer.json(Map.of("sink", sink, "letters", changed));
        });
    }

    private static Count count(DeadLetters letters, String sink) throws SQLException {
        List<Count> counts = letters.counts();
        return counts.stream()
                .filter(count -> count.sink().equals(sink))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("The journal knows no sink '" + sink + "'. It knows: "
                        + counts.stream().map(Count::sink).collect(Collectors.joining(", ")) + "."));
    }

    /** All of them if the request has no body. */
    private static List<String> events(String body) {
        if (body == null || body.isBlank()) {
            return List.of();
        }
        try {
            JsonArray events = new JsonObject(body).getJsonArray("events");
            if (events != null && !events.isEmpty() && events.stream().allMatch(String.class::isInstance)) {
                return events.stream().map(String.class::cast).toList();
            }
        } catch (DecodeException | ClassCastException e) {
            log.debug("not a list of events: {}", body, e);
        }
        throw new InvalidInputException("The body must be empty, for all dead letters, or {\"events\": [\"<id>\", …]}"
                + " with the ids of some events.");
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
