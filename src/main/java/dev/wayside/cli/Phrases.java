package dev.wayside.cli;

import dev.wayside.component.Components;
import dev.wayside.journal.DeadLetters;

/** Phrases that several commands print. */
final class Phrases {
    private Phrases() {}

    static String events(long count) {
        return count == 1 ? "1 event" : count + " events";
    }

    /** As the beginning of a sentence on what they wait for. */
    static String waiting(long count) {
        return events(count) + (count == 1 ? " waits" : " wait");
    }

    static String letters(DeadLetters.Count count) {
        return (count.letters() == 1 ? "1 dead letter" : count.letters() + " dead letters") + " of " + count.sink()
                + ", from " + count.oldest() + " to " + count.newest();
    }

    static String off(String sink) {
        return sink + " is disabled. They are kept and delivered when it is enabled again.";
    }

    static String paused(String sink) {
        return sink
                + " is paused. They are kept and delivered when it is resumed on the page, or Wayside is restarted.";
    }

    /** Number and size of what was added. */
    static String libraries(Components.Added added) {
        long megabytes = Math.max(1, Math.round(added.bytes() / 1e6));
        return (added.libraries() == 1 ? "1 library" : added.libraries() + " libraries") + ", " + megabytes + " MB";
    }
}
