package dev.wayside.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets several threads share one commit. While one of them commits, the others queue up; then the first of these takes
 * the whole queue into the next commit. Each thread returns only after the commit that included its own row.
 * Thread-safe.
 */
final class GroupCommit {
    private final long mostCharacters;
    private final Writer writer;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private List<Ticket> committing;

    /** Writes a group of rows to the disk in this order, all or none. */
    interface Writer {
        void write(List<String> rows) throws JournalException;
    }

    /**
     * Starts with an empty queue.
     *
     * @param mostCharacters the maximum length of a group; a longer row is committed alone
     * @param writer writes a group; called by one thread at a time
     */
    GroupCommit(long mostCharacters, Writer writer) {
        this.mostCharacters = mostCharacters;
        this.writer = writer;
    }

    /**
     * Returns when a row is on the disk.
     *
     * @throws JournalException if the commit that included this row failed
     * @throws InterruptedException if interrupted before a commit included this row; the row is then not written
     */
    void commit(String row) throws JournalException, InterruptedException {
        Ticket ticket = new Ticket(row);
        List<Ticket> group = awaitTurn(ticket);
        if (!group.isEmpty()) {
            write(group);
        }
        if (ticket.failure != null) {
            throw new JournalException(ticket.failure.getMessage(), ticket.failure);
        }
    }

    /** The group that the caller must write; empty if another thread has committed its row. */
    private synchronized List<Ticket> awaitTurn(Ticket ticket) throws InterruptedException {
        waiting.add(ticket);
        while (!ticket.done && (committing != null || waiting.peek() != ticket)) {
            awaitChange(ticket);
        }
        if (ticket.done) {
            return List.of();
        }
        committing = nextGroup();
        return committing;
    }

    private void write(List<Ticket> group) {
        JournalException failure = new JournalException("the journal did not accept the event, for an unknown reason");
        try {
            writer.write(group.stream().map(ticket -> ticket.row).toList());
            failure = null;
        } catch (JournalException e) {
            failure = e;
        } finally {
            end(group, failure);
        }
    }

    /** The number of rows that wait for the next commit. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void awaitChange(Ticket ticket) throws InterruptedException {
        try {
            wait();
        } catch (InterruptedException e) {
            if (waiting.remove(ticket)) {
                notifyAll();
                throw e;
            }
            // A commit already includes the row, so its outcome decides. The caller sees the interrupt afterwards.
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

    private synchronized void end(List<Ticket> group, JournalException failure) {
        for (Ticket ticket : group) {
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
