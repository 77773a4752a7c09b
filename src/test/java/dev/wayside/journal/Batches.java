package dev.wayside.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Batches as the journal would make them. */
public final class Batches {
    private Batches() {}

    /** A batch of new events of the sink {@code test}. */
    public static Batch of(List<? extends Map<String, ?>> events) {
        List<Batch.Row> rows = new ArrayList<>();
        for (Map<String, ?> event : events) {
            rows.add(new Batch.Row(
                    rows.size() + 1, String.valueOf(event.get("id")), new KeptEvent(EventRows.json(event)), true));
        }
        return new Batch("test", Batch.Kind.NEW, 0, rows);
    }

    /** The rejected events of a batch, and why. */
    public static Map<String, String> rejected(Batch batch) {
        return batch.rejected();
    }
}
