package dev.wayside.journal;

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
 * Events on their way to one sink. It travels by reference with the exchange, so that all parts of a split, all branches
 * of a multicast and all sinks of a route speak of the same batch. Thread-safe.
 */
public final class Batch {
    /** Why a sink gets a batch. */
    public enum Kind {
        /** The sink has not had these events yet. */
        NEW,
        /** A span of time that somebody asked for once more. */
        REPLAY,
        /** Dead letters that somebody wants to have tried again. */
        RETRY;

        /** In small letters, as routes compare it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An event in the journal.
     *
     * @param number of its row: in the table of events, or for {@link Kind#RETRY} in that of dead letters
     */
    record Row(long number, KeptEvent event) {}

    private final String sink;
    private final Kind kind;
    private final long replay;
    private final List<Row> rows;
    private final Map<Long, String> damaged = new HashMap<>();
    private final Map<String, String> rejected = new ConcurrentHashMap<>();
    private final Set<String> ids;
    private volatile String lastReason;
    private volatile String early;
    private volatile boolean over;

    /**
     * Makes a batch nobody has seen yet.
     *
     * @param replay the replay's number for {@link Kind#REPLAY}, otherwise 0
     * @param rows at least one, in the order of their numbers
     * @param validate whether to read each event to its end and to leave out what is not whole: a look that costs more
     *     than all the rest, and is needed only when something failed before
     */
    Batch(String sink, Kind kind, long replay, List<Row> rows, boolean validate) {
        this.sink = sink;
        this.kind = kind;
        this.replay = replay;
        this.rows = List.copyOf(rows);
        if (validate) {
            rows.stream()
                    .filter(row -> !row.event.isWhole())
                    .forEach(row -> damaged.put(row.number, "what the journal has of this event is damaged"));
        }
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

    /** Flat events in the order of acceptance; each call gives a list of the caller's own. */
    public List<Map<String, Object>> events() {
        return readable().collect(Collectors.toCollection(ArrayList::new));
    }

    /** How many events the sink is asked to take, those that turned out damaged included. */
    public int size() {
        return rows.size();
    }

    /**
     * Puts an event aside for good: when the rest is delivered, it goes to the sink's dead letters.
     *
     * @param event one of this batch, or what became of it, as long as it has the same {@code id}
     * @param reason the server's own words, where it has any
     * @throws IllegalArgumentException if this batch has no such event
     * @throws IllegalStateException if the batch is over, as for a route that goes on by itself ({@code wireTap})
     */
    public void reject(Map<String, ?> event, String reason) {
        reject(id(event), reason);
    }

    /**
     * As {@link #reject(Map, String)}.
     *
     * @param id the event's
     */
    public void reject(String id, String reason) {
        if (!ids.contains(id)) {
            throw new IllegalArgumentException("The batch of " + sink + " has no event '" + id + "' to reject.");
        }
        if (over) {
            throw new IllegalStateException("The batch of " + sink + " is over; the event '" + id
                    + "' can be rejected only while its route runs.");
        }
        lastReason = reason == null ? "no reason given" : reason;
        rejected.put(id, lastReason);
    }

    /** Why the last event was rejected; null when none was. */
    public String lastReason() {
        return lastReason;
    }

    /** Why each rejected event was, by its id, as far as this is known now. */
    public Map<String, String> rejected() {
        return Map.copyOf(rejected);
    }

    /** How many events go to the dead letters, as far as this is known now; damaged ones are among them. */
    public int rejections() {
        return rejectedRows().size();
    }

    /** Notes that a part of the route ended before its last step, so that nothing says what became of its events. */
    public void endEarly(String how) {
        early = how;
    }

    /** How a part of the route ended before its last step; empty when none did. */
    public Optional<String> endedEarly() {
        return Optional.ofNullable(early);
    }

    /** Takes no more rejections. */
    public void end() {
        over = true;
    }

    long replay() {
        return replay;
    }

    List<Row> rows() {
        return rows;
    }

    /** The rows that go to the dead letters, by their numbers, and why. */
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
