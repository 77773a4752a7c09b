package dev.wayside.status;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Collects the status of all parts. A part reports a map of plain values, or a list of such maps, each with a
 * {@code reason} if something is wrong. One reason anywhere makes the overall state {@code degraded}. Thread-safe.
 */
public final class StatusBoard {
    private static final String REASON = "reason";

    private final String device;
    private final String version;
    private final Instant started;
    private final Map<String, Part> parts = new ConcurrentSkipListMap<>();

    private record Part(String id, Supplier<?> source) {}

    /**
     * @param device this device's name
     * @param version Wayside's version
     * @param clock gives the start time
     */
    public StatusBoard(String device, String version, Clock clock) {
        this.device = device;
        this.version = version;
        this.started = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Adds a part, or replaces it.
     *
     * @param name its key, such as {@code mqtt}
     * @param source supplies a map of plain values or a list of such maps; called for each snapshot, from any thread
     */
    public void add(String name, Supplier<?> source) {
        add(name, "", source);
    }

    /**
     * As {@link #add(String, Supplier)}, for parts of which there may be several. The key of the first is its name; that of
     * another one, with another id, is the name and the id. A part with the same id is replaced.
     *
     * @param id what distinguishes the part from others of this name, such as the client id of a connection
     */
    public synchronized void add(String name, String id, Supplier<?> source) {
        Part other = parts.get(name);
        parts.put(other == null || other.id.equals(id) ? name : name + " " + id, new Part(id, source));
    }

    /** Removes a part, unless another one has replaced it. */
    public synchronized void remove(Supplier<?> source) {
        parts.values().removeIf(part -> part.source == source);
    }

    /**
     * The current status: {@code device}, {@code version}, {@code state}, {@code reasons}, {@code started} and the
     * parts.
     */
    public Map<String, Object> snapshot() {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        List<String> reasons = new ArrayList<>();
        snapshot.put("device", device);
        snapshot.put("version", version);
        snapshot.put("state", "running");
        snapshot.put("reasons", reasons);
        snapshot.put("started", started.toString());
        parts.forEach((name, part) -> {
            Object status = part.source.get();
            snapshot.put(name, status);
            collect(name, status, reasons);
        });
        if (!reasons.isEmpty()) {
            snapshot.put("state", "degraded");
        }
        return snapshot;
    }

    private static void collect(String name, Object status, List<String> reasons) {
        if (status instanceof List<?> list) {
            list.forEach(each -> collect(name, each, reasons));
        } else if (status instanceof Map<?, ?> map && map.get(REASON) != null) {
            Object own = map.get("name");
            String words = (own == null ? name : own) + ": " + map.get(REASON);
            // A connection and the sink that waits for it report the same reason.
            if (!reasons.contains(words)) {
                reasons.add(words);
            }
        }
    }
}
