package dev.wayside.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets several threads share one commit. While one of them commits, the others queue up; then the first of these takes
 * the whole queue into the next commit. Each returns only after the commit that carried its own row. Thread-safe.
 */
final class GroupCommit {
    private final long mostCharacters;
    private final Writer writer;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private List<Ticket> committing;

    /** Puts a group of rows onto the disk, in this order, all or none. */
    interface Writer {
        void write(List<String> rows) throws JournalException;
    }

    /**
     * Makes an empty one.
     *
     * @param mostCharacters a group ends when it has so many; a longer row goes alone
     * @param writer is called by one thread at a time
     */
    GroupCommit(long mostCharacters, Writer writer) {
        this.mostCharacters = mostCharacters;
        this.writer = writer;
    }

    /**
     * Returns when a row is on the disk.
     *
     * @throws JournalException if the commit that carried this row failed
     * @throws InterruptedException if interrupted before any commit carried this row; it is not written then
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

    /** The group that the caller must write; empty when another thread's commit has carried its row. */
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
        JournalException failure = new JournalException("the journal took no event: it failed without saying why");
        try {
            writer.write(group.stream().map(ticket -> ticket.row).toList());
            failure = null;
        } catch (JournalException e) {
            failure = e;
        } finally {
            end(group, failure);
        }
    }

    /** How many rows wait for the next commit. */
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
