package dev.wayside.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.LabelCounts.Bucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelCountsTest extends OneJournal {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void sumsByMinuteAndHourForEachCameraAndLabel() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1, "front", "2026-11-23T12:00:10.500Z", 2, 0));
            flow.append(event(2, "front", "2026-11-23T12:00:59.999Z", 5, 1));
            flow.append(event(3, "front", "2026-11-23T13:01:00Z", 1, 0));
            flow.append(event(4, "yard", "2026-11-23T12:00:00.000Z", 0, 0));
            assertEquals(
                    List.of(
                            new Bucket(NOON, "front", "car", 2, 7, 5),
                            new Bucket(NOON, "front", "traffic_light", 2, 1, 1),
                            new Bucket(NOON, "yard", "car", 1, 0, 0),
                            new Bucket(NOON, "yard", "traffic_light", 1, 0, 0)),
                    counted(flow).read(NOON, NOON.plus(HOUR), MINUTE));
            assertEquals(
                    List.of(
                            new Bucket(NOON, "front", "car", 2, 7, 5),
                            new Bucket(NOON.plus(HOUR), "front", "car", 1, 1, 1)),
                    counted(flow).read(NOON, NOON.plus(HOUR.multipliedBy(2)), HOUR).stream()
                            .filter(bucket -> bucket.camera().equals("front")
                                    && bucket.label().equals("car"))
                            .toList());
        }
    }

    @Test
    void mergesMinutesIntoLongerBuckets() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1, "front", "2026-11-23T12:01:00Z", 2, 0));
            flow.append(event(2, "front", "2026-11-23T12:09:00Z", 4, 0));
            flow.append(event(3, "front", "2026-11-23T12:10:00Z", 9, 0));
            assertEquals(
                    new Bucket(NOON, "front", "car", 2, 6, 4),
                    counted(flow)
                            .read(NOON, NOON.plus(HOUR), MINUTE.multipliedBy(10))
                            .get(0));
        }
    }

    @Test
    void countsEachEventOnceAcrossRestartsAndClocksThatJump() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1, "front", "2026-11-23T12:00:00Z", 1, 0));
            counted(flow);
            flow.append(event(2, "front", "2020-01-01T00:00:00Z", 1, 0));
        }
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(3, "front", "2026-11-23T12:00:01Z", 1, 0));
            assertEquals(
                    List.of(1L, 2L),
                    counted(flow).read(Instant.EPOCH, NOON.plus(HOUR), HOUR).stream()
                            .filter(bucket -> bucket.label().equals("car"))
                            .map(Bucket::total)
                            .toList());
        }
    }

    @Test
    void skipsWhatIsNoCountAndEventsWithoutTime() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            Map<String, Object> odd = event(1, "front", "2026-11-23T12:00:00Z", 1, 0);
            odd.put("_count", 7);
            odd.put("text_count", "7");
            odd.put("share_count", 0.5);
            odd.put("counted", 3);
            flow.append(odd);
            flow.append(event(2, "front", "yesterday", 100, 0));
            execute(flow, "update event set json = '{broken' where id = 2");
            flow.append(event(3, "front", "2026-11-23T12:00:02Z", 3, 0));
            assertEquals(
                    List.of(
                            new Bucket(NOON, "front", "car", 2, 4, 3),
                            new Bucket(NOON, "front", "traffic_light", 2, 0, 0)),
                    counted(flow).read(Instant.EPOCH, NOON.plus(HOUR), HOUR));
        }
    }

    @Test
    void usesTheSeparatorOfTheFlatEvents() throws Exception {
        Journal journal = new Journal(file, 1L << 30, Duration.ofDays(7), ".count", new SimpleMeterRegistry());
        try (JournalFlow flow = new JournalFlow(journal)) {
            Map<String, Object> event = event(1, "front", "2026-11-23T12:00:00Z", 1, 0);
            event.put("bus.count", 2);
            flow.append(event);
            assertEquals(
                    List.of(new Bucket(NOON, "front", "bus", 1, 2, 2)),
                    counted(flow).read(NOON, NOON.plus(HOUR), MINUTE));
        }
    }

    @Test
    void theCapsDropNoEventBeforeItIsCounted() throws Exception {
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)) {
            String padding = "x".repeat(500);
            for (int i = 1; i <= 3000; i++) {
                Map<String, Object> event = event(i, "front", "2026-11-23T12:00:00Z", 1, 0);
                event.put("padding", padding);
                flow.append(event);
            }
            journal.applyCaps();
            assertTrue(Sql.number(journal, "select count(*) from event") < 3000);
            assertEquals(
                    3000,
                    counted(flow).read(NOON, NOON.plus(HOUR), HOUR).get(0).total(),
                    "those that were dropped, too");
        }
    }

    @Test
    void keepsMinutesForADayAndHoursForAMonthOfUse() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1, "front", "2026-11-23T12:00:00Z", 1, 0));
            LabelCounts counts = counted(flow);
            long clock = Sql.number(flow.journal(), "select touched from label_count limit 1");
            dropOld(flow, clock + Duration.ofHours(24).toMillis());
            assertEquals(2, counts.read(NOON, NOON.plus(HOUR), MINUTE).size());
            dropOld(flow, clock + Duration.ofDays(31).toMillis());
            assertEquals(List.of(), counts.read(NOON, NOON.plus(HOUR), MINUTE));
            assertEquals(2, counts.read(NOON, NOON.plus(HOUR), HOUR).size());
            dropOld(flow, clock + Duration.ofDays(33).toMillis());
            assertEquals(List.of(), counts.read(NOON, NOON.plus(HOUR), HOUR));
        }
    }

    @Test
    void countsTheEventsOfAnOlderJournal() throws Exception {
        VersionOne.make(file, 3, 0);
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(4, "front", "2026-11-23T10:15:40Z", 1, 0));
            counted(flow);
            assertEquals(List.of("4"), Sql.rows(flow.journal(), "select value from state where key = 'counted'"));
            assertEquals(2, Sql.number(flow.journal(), "select count(*) from label_count where label = 'car'"));
        }
    }

    private static LabelCounts counted(JournalFlow flow) throws Exception {
        flow.journal().countNew();
        return flow.journal().labelCounts();
    }

    private static void dropOld(JournalFlow flow, long clock) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            LabelCounts.dropOld(connection, clock);
        }
    }

    private static Map<String, Object> event(int number, String camera, String time, int cars, int lights) {
        Map<String, Object> event = new LinkedHashMap<>(JournalFlow.event(number));
        event.put("camera", camera);
        event.put("time", time);
        event.putAll(new HashMap<>(Map.of("car_count", cars, "traffic_light_count", lights)));
        return event;
    }
}
