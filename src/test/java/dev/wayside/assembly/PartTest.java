package dev.wayside.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wayside.failure.InvalidInputException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void isOpenedOnceOnFirstUse() {
        AtomicInteger count = new AtomicInteger();
        Part<Integer> part = new Part<>("part", count::incrementAndGet);
        assertEquals(Optional.empty(), part.ifOpen());
        assertEquals(0, count.get());
        assertEquals(1, part.get());
        part.openInBackground();
        assertEquals(1, part.get());
        assertEquals(Optional.of(1), part.ifOpen());
    }

    @Test
    void callersWaitWhileItOpensInTheBackground() {
        CountDownLatch asked = new CountDownLatch(1);
        Part<String> part = new Part<>("part", () -> {
            try {
                asked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Thread.currentThread().getName();
        });
        part.openInBackground();
        assertEquals(Optional.empty(), part.ifOpen());
        asked.countDown();
        assertEquals("open-part", part.get());
    }

    @Test
    void anExceptionDuringOpeningIsThrownToEveryCaller() {
        for (Throwable failure :
                new Throwable[] {new InvalidInputException("no such model"), new LinkageError("libc")}) {
            Part<String> part = new Part<>("part", () -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            });
            part.openInBackground();
            assertSame(failure, assertThrows(Throwable.class, part::get));
            assertSame(failure, assertThrows(Throwable.class, part::get));
            assertEquals(Optional.empty(), part.ifOpen());
        }
    }
}
