package dev.wayside.cli;

import dev.wayside.journal.DeadLetters;

/** Phrases that several commands print. */
final class Phrases {
    private Phrases() {}

    static String events(long count) {
        return count == 1 ? "1 event" : count + " events";
    }

    static String letters(DeadLetters.Count count) {
        return (count.letters() == 1 ? "1 dead letter" : count.letters() + " dead letters") + " of " + count.sink()
                + ", from " + count.oldest() + " to " + count.newest();
    }

    static String off(String sink) {
        return sink + " is disabled. They are kept and delivered when it is enabled again.";
    }
}
