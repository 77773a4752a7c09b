package dev.wayside.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The durations of many frames, a row for each stage; rows appear in the order in which they were first requested. */
final class StageTimings {
    private final Map<String, Timings> rows = new LinkedHashMap<>();

    Timings of(String row) {
        return rows.computeIfAbsent(row, name -> new Timings());
    }

    Map<String, Timings> rows() {
        return rows;
    }

    void clear() {
        rows.values().forEach(Timings::clear);
    }
}
