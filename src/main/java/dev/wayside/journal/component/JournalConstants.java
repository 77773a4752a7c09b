package dev.wayside.journal.component;

/** Names under which the component puts things into an exchange. */
public final class JournalConstants {
    /** The exchange property that has the {@link dev.wayside.journal.Batch} of events on their way to a sink. */
    public static final String BATCH = "CamelJournalBatch";

    /** The variable that says why a sink gets the batch: {@code new}, {@code replay} or {@code retry}. */
    public static final String KIND = "kind";

    private JournalConstants() {}
}
