package dev.wayside.api;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.EventDelivery;
import dev.wayside.journal.Journal;
import dev.wayside.journal.KeptEvents;
import dev.wayside.journal.KeptEvents.Kept;
import io.vertx.ext.web.RoutingContext;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** The events that the journal still has, and what became of each. */
record EventsAnswer(Journal journal) {
    private static final int MOST = 200;
    private static final String COUNT = "count";

    Answer newest(RoutingContext request) throws SQLException {
        String camera = request.request().getParam("camera");
        String label = request.request().getParam("label");
        List<Kept> found = journal.keptEvents()
                .newest(
                        camera,
                        label == null ? null : key(label, journal.labelCounts().suffix()),
                        MOST);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("searched", KeptEvents.SEARCHED);
        answer.put("events", found.stream().map(this::summary).toList());
        return Answer.json(answer);
    }

    Answer one(RoutingContext request) throws SQLException {
        String number = request.pathParam("number");
        if (!number.matches("\\d{1,18}")) {
            throw new InvalidInputException("'" + number + "' is not an event's number in the journal;"
                    + " /api/detections lists the latest events with theirs.");
        }
        Kept kept = journal.keptEvents()
                .find(Long.parseLong(number))
                .orElseThrow(() -> new NotFoundException("The journal has no event " + number
                        + "; it drops the oldest events to stay within journal.max-size and journal.max-age."));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("number", kept.number());
        answer.put("event", kept.event());
        answer.put("deliveries", deliveries(kept));
        return Answer.json(answer);
    }

    /**
     * The key of a class's count, whether the class is given as the model spells it or as its key does.
     *
     * @param suffix the end of all these keys, such as {@code _count}
     */
    static String key(String label, String suffix) {
        String separator = suffix.substring(0, suffix.lastIndexOf(COUNT));
        return label.strip().replaceAll("\\s+", Matcher.quoteReplacement(separator)) + suffix;
    }

    private Map<String, Object> summary(Kept kept) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("number", kept.number());
        summary.put("id", id(kept));
        summary.put("camera", kept.camera());
        summary.put("time", kept.time());
        summary.put("count", counts(kept));
        summary.put("deliveries", deliveries(kept));
        return summary;
    }

    /** Null if the event is damaged. */
    private static Object id(Kept kept) {
        try {
            return kept.event().get("id");
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private Map<String, Object> counts(Kept kept) {
        String suffix = journal.labelCounts().suffix();
        Map<String, Object> counts = new LinkedHashMap<>();
        try {
            kept.event().forEach((key, value) -> {
                if (value instanceof Number && key.endsWith(suffix) && key.length() > suffix.length()) {
                    counts.put(key.substring(0, key.length() - suffix.length()), value);
                }
            });
        } catch (UncheckedIOException e) {
            // Whoever opens the event learns that it is damaged; the list shows the counts that are readable.
            return counts;
        }
        return counts;
    }

    private static List<Map<String, Object>> deliveries(Kept kept) {
        return kept.deliveries().stream().map(EventsAnswer::plain).toList();
    }

    private static Map<String, Object> plain(EventDelivery delivery) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("sink", delivery.sink());
        plain.put("state", delivery.state().toString());
        plain.put("reason", delivery.reason());
        return plain;
    }
}
