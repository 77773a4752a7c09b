package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final GroupCommit commits = new GroupCommit(100);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopTheThreads() {
        threads.shutdownNow();
    }

    @Test
    void whatComesDuringACommitGoesIntoTheNextTogetherAndInOrder() throws Exception {
        assertEquals(List.of("first"), commits.join("first").orElseThrow());
        Future<Optional<List<String>>> a = joinAside("a");
        Future<Optional<List<String>>> b = joinAside("b");
        Future<Optional<List<String>>> c = joinAside("c");
        assertTrue(!a.isDone() && !b.isDone() && !c.isDone(), "nobody returns before a commit");
        commits.committed();
        assertEquals(Optional.of(List.of("a", "b", "c")), a.get());
        assertTrue(!b.isDone() && !c.isDone(), "not before their own commit");
        commits.committed();
        assertEquals(Optional.empty(), b.get());
        assertEquals(Optional.empty(), c.get());
    }

    @Test
    void aFailedCommitFailsForAllItCarriedAndForNobodyElse() throws Exception {
        commits.join("first");
        Future<Optional<List<String>>> a = joinAside("a");
        Future<Optional<List<String>>> b = joinAside("b");
        commits.committed();
        a.get();
        Future<Optional<List<String>>> later = joinAside("later");
        JournalException full = new JournalException("disk full");
        commits.failed(full);
        assertSame(
                full, assertThrows(ExecutionException.class, b::get).getCause().getCause());
        assertEquals(Optional.of(List.of("later")), later.get());
    }

    @Test
    void aGroupEndsBeforeItGetsTooLarge() throws Exception {
        commits.join("first");
        Future<Optional<List<String>>> a = joinAside("a".repeat(60));
        Future<Optional<List<String>>> b = joinAside("b".repeat(60));
        commits.committed();
        assertEquals(List.of("a".repeat(60)), a.get().orElseThrow());
        commits.committed();
        assertEquals(List.of("b".repeat(60)), b.get().orElseThrow());
    }

    @Test
    void whoIsInterruptedWhileWaitingIsNotWrittenAndHoldsNobodyUp() throws Exception {
        commits.join("first");
        List<Thread> given = new ArrayList<>();
        Future<Optional<List<String>>> gone = threads.submit(() -> {
            synchronized (given) {
                given.add(Thread.currentThread());
            }
            return commits.join("gone");
        });
        await().until(() -> commits.waiting() == 1);
        Future<Optional<List<String>>> stays = joinAside("stays");
        given.get(0).interrupt();
        assertTrue(assertThrows(ExecutionException.class, gone::get).getCause() instanceof InterruptedException);
        commits.committed();
        assertEquals(Optional.of(List.of("stays")), stays.get());
    }

    /** Returns when the row waits in line. */
    private Future<Optional<List<String>>> joinAside(String row) {
        int before = commits.waiting();
        Future<Optional<List<String>>> joined = threads.submit(() -> commits.join(row));
        await().until(() -> commits.waiting() == before + 1);
        return joined;
    }
}
