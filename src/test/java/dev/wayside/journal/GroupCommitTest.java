package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final JournalException NONE = new JournalException("none");

    private final List<List<String>> groups = new CopyOnWriteArrayList<>();
    /** Each commit waits here until the test decides its outcome. */
    private final SynchronousQueue<JournalException> ends = new SynchronousQueue<>();

    private final GroupCommit commits = new GroupCommit(100, this::write);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private void write(List<String> rows) throws JournalException {
        groups.add(rows);
        JournalException failure;
        try {
            failure = ends.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != NONE) {
            throw failure;
        }
    }

    @AfterEach
    void stopTheThreads() {
        threads.shutdownNow();
    }

    @Test
    void rowsThatArriveDuringACommitShareTheNextOneInOrder() throws Exception {
        Future<?> first = begin("first");
        Future<?> a = wait("a");
        Future<?> b = wait("b");
        Future<?> c = wait("c");
        assertTrue(!a.isDone() && !b.isDone() && !c.isDone(), "no thread returns before a commit");
        ends.put(NONE);
        first.get();
        await().until(() -> groups.size() == 2);
        assertEquals(List.of("a", "b", "c"), groups.get(1));
        assertTrue(!a.isDone() && !b.isDone() && !c.isDone(), "not before their own commit");
        ends.put(NONE);
        a.get();
        b.get();
        c.get();
        assertEquals(2, groups.size());
    }

    @Test
    void aFailedCommitFailsForItsOwnRowsOnly() throws Exception {
        Future<?> first = begin("first");
        Future<?> a = wait("a");
        Future<?> b = wait("b");
        ends.put(NONE);
        first.get();
        await().until(() -> groups.size() == 2);
        Future<?> later = wait("later");
        JournalException full = new JournalException("disk full");
        ends.put(full);
        for (Future<?> each : List.of(a, b)) {
            Throwable failure =
                    assertThrows(ExecutionException.class, each::get).getCause();
            assertEquals("disk full", failure.getMessage());
            assertSame(full, failure.getCause());
        }
        ends.put(NONE);
        later.get();
        assertEquals(List.of("later"), groups.get(2));
    }

    @Test
    void anUnexpectedFailureOfTheWriterBlocksNoOtherThread() throws Exception {
        GroupCommit broken = new GroupCommit(100, rows -> {
            throw new IllegalStateException("broken");
        });
        assertThrows(IllegalStateException.class, () -> broken.commit("one"));
        assertThrows(IllegalStateException.class, () -> broken.commit("two"));
    }

    @Test
    void aGroupEndsBeforeItGetsTooLarge() throws Exception {
        begin("first");
        wait("a".repeat(60));
        wait("b".repeat(60));
        ends.put(NONE);
        await().until(() -> groups.size() == 2);
        ends.put(NONE);
        await().until(() -> groups.size() == 3);
        ends.put(NONE);
        assertEquals(List.of(List.of("first"), List.of("a".repeat(60)), List.of("b".repeat(60))), groups);
    }

    @Test
    void anInterruptedRowIsNotWrittenAndBlocksNoOtherThread() throws Exception {
        begin("first");
        Thread gone = new Thread(() -> assertThrows(InterruptedException.class, () -> commits.commit("gone")));
        gone.start();
        await().until(() -> commits.waiting() == 1);
        Future<?> stays = wait("stays");
        gone.interrupt();
        gone.join();
        ends.put(NONE);
        await().until(() -> groups.size() == 2);
        ends.put(NONE);
        stays.get();
        assertEquals(List.of(List.of("first"), List.of("stays")), groups);
    }

    /** Returns when the row is being written. */
    private Future<?> begin(String row) {
        int before = groups.size();
        Future<?> begun = commit(row);
        await().until(() -> groups.size() == before + 1);
        return begun;
    }

    /** Returns when the row is in the queue. */
    private Future<?> wait(String row) {
        int before = commits.waiting();
        Future<?> waiting = commit(row);
        await().until(() -> commits.waiting() == before + 1);
        return waiting;
    }

    private Future<?> commit(String row) {
        return threads.submit(() -> {
            commits.commit(row);
            return row;
        });
    }
}
