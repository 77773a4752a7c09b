package dev.wayside.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Lets several threads share one commit. While one of them commits, the others queue up; then the first of these takes
 * the whole queue into the next commit. Each returns only after the commit that carried its own row. Thread-safe.
 */
public final class GroupCommit {
    private final long mostCharacters;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private List<Ticket> committing;

    /**
     * Makes an empty one.
     *
     * @param mostCharacters a group ends when it has so many; a longer row goes alone
     */
    public GroupCommit(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /**
     * Waits for a row's turn.
     *
     * @return the rows that the caller must now commit and then report by {@link #committed()} or {@link #failed}, its
     *     own among them, in the order of the calls; or nothing, when another's commit has carried this row
     * @throws JournalException if the commit that carried this row failed
     * @throws InterruptedException if interrupted before any commit carried this row; it is not written then
     */
    public synchronized Optional<List<String>> join(String row) throws JournalException, InterruptedException {
        Ticket ticket = new Ticket(row);
        waiting.add(ticket);
        while (!ticket.done && (committing != null || waiting.peek() != ticket)) {
            awaitTurn(ticket);
        }
        if (!ticket.done) {
            committing = nextGroup();
            return Optional.of(committing.stream().map(each -> each.row).toList());
        }
        if (ticket.failure != null) {
            throw new JournalException(ticket.failure.getMessage(), ticket.failure);
        }
        return Optional.empty();
    }

    /** The group that {@link #join} gave to the caller is on the disk. */
    public void committed() {
        end(null);
    }

    /** The group that {@link #join} gave to the caller is not on the disk; all who wait for it fail alike. */
    public void failed(JournalException failure) {
        end(failure);
    }

    /** How many rows wait for the next commit. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void awaitTurn(Ticket ticket) throws InterruptedException {
        try {
            wait();
        } catch (InterruptedException e) {
            if (waiting.remove(ticket)) {
                notifyAll();
                throw e;
            }
            // A commit carries it already: its outcome decides, and the caller learns of the interruption later.
            awaitEnd(ticket);
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(Ticket ticket) {
        while (!ticket.done) {
            try {
                wait();
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    private List<Ticket> nextGroup() {
        List<Ticket> group = new ArrayList<>();
        long characters = 0;
        while (!waiting.isEmpty()
                && (group.isEmpty() || characters + waiting.peek().row.length() <= mostCharacters)) {
            Ticket ticket = waiting.poll();
            characters += ticket.row.length();
            group.add(ticket);
        }
        return group;
    }

    private synchronized void end(JournalException failure) {
        for (Ticket ticket : committing) {
            ticket.failure = failure;
            ticket.done = true;
        }
        committing = null;
        notifyAll();
    }

    private static final class Ticket {
        private final String row;
        private boolean done;
        private JournalException failure;

        Ticket(String row) {
            this.row = row;
        }
    }
}
