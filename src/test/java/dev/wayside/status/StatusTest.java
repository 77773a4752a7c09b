package dev.wayside.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StatusTest {
    private final AtomicLong now = new AtomicLong(1);
    private final StatusBoard board =
            new StatusBoard("pi-01", "1.0", Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC));

    @Test
    void oneReasonAnywhereMakesTheWholeDegraded() {
        Map<String, Object> camera = new HashMap<>(Map.of("name", "front", "state", "running"));
        Map<String, Object> mqtt = new HashMap<>();
        board.add("cameras", () -> List.of(camera));
        board.add("mqtt", () -> mqtt);
        assertEquals("running", board.snapshot().get("state"));
        assertEquals("2026-11-23T10:15:30Z", board.snapshot().get("started"));

        mqtt.put("reason", "no connection");
        camera.put("reason", "unplugged");
        assertEquals("degraded", board.snapshot().get("state"));
        assertEquals(
                List.of("front: unplugged", "mqtt: no connection"),
                board.snapshot().get("reasons"));

        mqtt.remove("reason");
        camera.put("reason", null);
        assertEquals("running", board.snapshot().get("state"));
    }

    @Test
    void aReasonThatTwoPartsShareIsReportedOnce() {
        board.add("mqtt", () -> Map.of("reason", "no connection"));
        board.add("sinks", () -> List.of(Map.of("name", "mqtt", "reason", "no connection")));
        assertEquals(List.of("mqtt: no connection"), board.snapshot().get("reasons"));
    }

    /** As a connection whose route was removed because its broker is gone. */
    @Test
    void aPartThatIsRemovedLeavesNoReason() {
        Supplier<?> aws = () -> Map.of("reason", "no connection");
        board.add("aws-iot", "pi-01", aws);
        board.remove(aws);
        assertEquals("running", board.snapshot().get("state"));
        assertFalse(board.snapshot().containsKey("aws-iot"));
    }

    @Test
    void aSecondPartOfANameHasItsIdAndOneWithTheSameIdReplacesTheFirst() {
        Supplier<?> first = () -> Map.of("url", "first");
        Supplier<?> replaced = () -> Map.of("url", "replaced");
        board.add("mqtt", "wayside-pi", first);
        board.add("mqtt", "wayside-cloud", () -> Map.of("url", "second"));
        board.add("mqtt", "wayside-pi", replaced);
        board.remove(first);
        assertEquals(Map.of("url", "replaced"), board.snapshot().get("mqtt"));
        assertEquals(Map.of("url", "second"), board.snapshot().get("mqtt wayside-cloud"));
    }

    @Test
    void aFailureIsCountedAndEndsTenSecondsAfterItsLastOccurrence() {
        Failures failures = new Failures(now::get);
        for (int i = 0; i < 3; i++) {
            failures.add("mqtt", new IllegalStateException("outer", new IllegalStateException("the root")));
        }
        assertEquals(
                List.of(Map.of("name", "route mqtt", "reason", "outer: the root", "failures", 3L)), failures.status());
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        assertEquals(List.of(), failures.status());
    }

    /** With a picture every 30 seconds, each of which fails, the state must not change all the time. */
    @Test
    void aFailureThatRecursRarelyLastsUntilItHasNotRecurredThreeTimes() {
        Failures failures = new Failures(now::get);
        failures.add("camera", new IllegalStateException("away"));
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        failures.add("camera", new IllegalStateException("away"));
        now.addAndGet(Duration.ofSeconds(89).toNanos());
        assertEquals(1, failures.status().size());
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertEquals(List.of(), failures.status());
        now.addAndGet(Duration.ofDays(1).toNanos());
        failures.add("camera", new IllegalStateException("away"));
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        assertEquals(List.of(), failures.status(), "a day later, it is a new failure");
    }

    @Test
    void reasonsThatDifferOnlyInNumbersAreTheSame() {
        Failures failures = new Failures(now::get);
        failures.add("a", new IllegalStateException("493986368 bytes of memory are in use"));
        failures.add("a", new IllegalStateException("493986399 bytes of memory are in use"));
        assertEquals(2L, failures.status().get(0).get("failures"));
        failures.add("a", new IllegalStateException("no memory is in use"));
        assertEquals(1L, failures.status().get(0).get("failures"));
    }

    @Test
    void aFailureWithoutAMessageIsReportedByItsClass() {
        Failures failures = new Failures(now::get);
        failures.add("a", new NullPointerException());
        assertEquals("NullPointerException", failures.status().get(0).get("reason"));
    }
}
