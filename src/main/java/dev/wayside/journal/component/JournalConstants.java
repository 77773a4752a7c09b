package dev.wayside.journal.component;

/** The names of the exchange property and the variable that the component sets. */
public final class JournalConstants {
    /** The exchange property that holds the {@link dev.wayside.journal.Batch} in flight to a sink. */
    public static final String BATCH = "CamelJournalBatch";

    /** The variable that says why a sink gets the batch: {@code new}, {@code replay} or {@code retry}. */
    public static final String KIND = "kind";

    private JournalConstants() {}
}
