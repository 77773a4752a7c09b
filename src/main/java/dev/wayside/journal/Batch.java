package dev.wayside.journal;

import dev.wayside.event.EventBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A batch of events in flight to one sink. It travels by reference with the exchange, so all parts of a split, all
 * branches of a multicast and all sinks of a route share the same batch. Thread-safe.
 */
public final class Batch implements EventBatch {
    /** Why a sink gets a batch. */
    public enum Kind {
        /** The sink has not had these events yet. */
        NEW,
        /** Events from a time range that a user asked to replay. */
        REPLAY,
        /** Dead letters that a user asked to retry. */
        RETRY;

        /** In lower case, as routes compare it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An event in the journal.
     *
     * @param number the id of its row: in the table of events, or for {@link Kind#RETRY} in the table of dead letters
     * @param eventId the event's id as its row has it, which is known even if its JSON is damaged
     * @param whole whether its JSON is complete; a sink that reads only the first keys would not notice
     */
    record Row(long number, String eventId, KeptEvent event, boolean whole) {}

    private final String sink;
    private final Kind kind;
    private final long replay;
    private final List<Row> rows;
    private final Map<Long, String> damaged;
    private final Map<String, String> rejected = new ConcurrentHashMap<>();
    private final Set<String> ids;
    private volatile String lastReason;
    private volatile String early;
    private volatile boolean over;

    /**
     * Makes a batch that has not been delivered yet.
     *
     * @param replay the replay's number for {@link Kind#REPLAY}, otherwise 0
     * @param rows at least one, in ascending order of their numbers; those that are not whole are not delivered
     */
    Batch(String sink, Kind kind, long replay, List<Row> rows) {
        this.sink = sink;
        this.kind = kind;
        this.replay = replay;
        this.rows = List.copyOf(rows);
        this.damaged = rows.stream()
                .filter(row -> !row.whole)
                .collect(Collectors.toUnmodifiableMap(Row::number, row -> "this event is damaged in the journal"));
        this.ids = readable().map(Batch::id).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Map<String, Object>> readable() {
        return rows.stream().filter(row -> !damaged.containsKey(row.number)).map(Row::event);
    }

    private static String id(Map<String, ?> event) {
        return String.valueOf(event.get("id"));
    }

    /** The sink's name. */
    public String sink() {
        return sink;
    }

    /** Why the sink gets it. */
    public Kind kind() {
        return kind;
    }

    /** Flat events in the order of acceptance; each call returns a new list. */
    public List<Map<String, Object>> events() {
        return readable().collect(Collectors.toCollection(ArrayList::new));
    }

    /** The events that were not rejected, as far as this is known now. */
    Stream<Map<String, Object>> accepted() {
        return rejected.isEmpty() ? readable() : readable().filter(event -> !rejected.containsKey(id(event)));
    }

    /** The number of events in the batch, including those that turned out to be damaged. */
    public int size() {
        return rows.size();
    }

    /**
     * Rejects an event permanently: it goes to the sink's dead letters when the rest of the batch has been delivered.
     *
     * @param event an event of this batch; it may have been transformed if it still has the same {@code id}
     * @param reason the server's error message, if it sent one
     * @throws IllegalArgumentException if this batch has no such event
     * @throws IllegalStateException if the delivery has ended, for example when a {@code wireTap} calls this too late
     */
    public void reject(Map<String, ?> event, String reason) {
        reject(id(event), reason);
    }

    /**
     * As {@link #reject(Map, String)}.
     *
     * @param id the event's
     */
    @Override
    public void reject(String id, String reason) {
        if (!ids.contains(id)) {
            throw new IllegalArgumentException("The batch of " + sink + " has no event '" + id + "' to reject.");
        }
        if (over) {
            throw new IllegalStateException("The delivery of this batch to " + sink + " has ended; the event '" + id
                    + "' could be rejected only while its route was running.");
        }
        lastReason = reason == null ? "no reason given" : reason;
        rejected.put(id, lastReason);
    }

    /** The reason of the latest rejection; null if no event was rejected. */
    public String lastReason() {
        return lastReason;
    }

    /** The rejections so far: the reason for each event, by its id. */
    Map<String, String> rejected() {
        return Map.copyOf(rejected);
    }

    /** How many events go to the dead letters, as far as this is known now; includes damaged events. */
    public int rejections() {
        return rejectedRows().size();
    }

    @Override
    public void endEarly(String how) {
        early = how;
    }

    /** What ended a part of the route before its last step; empty if nothing did. */
    public Optional<String> endedEarly() {
        return Optional.ofNullable(early);
    }

    /** Ends the delivery: further rejections are errors. */
    public void end() {
        over = true;
    }

    long replay() {
        return replay;
    }

    List<Row> rows() {
        return rows;
    }

    /** The rows that go to the dead letters: the reason for each, by its number. */
    Map<Long, String> rejectedRows() {
        Map<Long, String> reasons = new HashMap<>(damaged);
        if (!rejected.isEmpty()) {
            for (Row row : rows) {
                String reason = damaged.containsKey(row.number) ? null : rejected.get(id(row.event));
                if (reason != null) {
                    reasons.put(row.number, reason);
                }
            }
        }
        return reasons;
    }
}
