package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.journal.EventDelivery.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class KeptEventsTest extends OneJournal {
    private final AtomicBoolean away = new AtomicBoolean();

    @Test
    void findsTheNewestByCameraAndLabel() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            for (int i = 1; i <= 6; i++) {
                Map<String, Object> event = JournalFlow.event(i);
                event.put("camera", i % 2 == 0 ? "yard" : "front");
                event.put("car_count", i % 3);
                flow.append(event);
            }
            KeptEvents events = flow.journal().keptEvents();
            assertEquals(List.of(6L, 5L, 4L), numbers(events.newest(null, null, 3)));
            assertEquals(List.of(6L, 4L, 2L), numbers(events.newest("yard", null, 200)));
            assertEquals(List.of(5L, 4L, 2L, 1L), numbers(events.newest(null, "car_count", 200)));
            assertEquals(List.of(5L, 1L), numbers(events.newest("front", "car_count", 200)));
            assertEquals(List.of(), numbers(events.newest("roof", null, 200)));
            assertEquals(
                    JournalFlow.event(3).get("note"),
                    events.find(3).orElseThrow().event().get("note"));
            assertEquals(Optional.empty(), events.find(7));
        }
    }

    @Test
    void saysForEachSinkWhatBecameOfAnEvent() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(JournalFlow.event(1));
            flow.sink("all", "oldest", 1, exchange -> failIfAway());
            flow.sink("late", "newest", 1, exchange -> {});
            flow.sink("picky", "oldest", 1, exchange -> batch(exchange).stream()
                    .filter(event -> event.get("sequence").equals(2))
                    .forEach(event -> reject(exchange, event, "too large")));
            flow.append(JournalFlow.event(2));
            await().until(() -> states(flow, 2).equals("all delivered, late delivered, picky dead letter: too large"));
            assertEquals("all delivered, late not meant, picky delivered", states(flow, 1));
            away.set(true);
            flow.append(JournalFlow.event(3));
            await().until(() -> states(flow, 3).equals("all retrying: away, late delivered, picky delivered"));
            execute(flow, "update cursor set active = 0 where sink = 'all'");
            await().until(() -> states(flow, 3).equals("all off, late delivered, picky delivered"));
            execute(flow, "update dead_letter set retry = 1");
            await().until(() -> states(flow, 2).endsWith("picky dead letter: too large")
                    || states(flow, 2).endsWith("picky delivered"));
        }
    }

    @Test
    void aPausedSinkIsNeitherLateNorFailingAndResumesWhereItStopped() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.context().setRouteController(new dev.wayside.routes.KameletRouteController(flow.context()));
            flow.sink("all", "oldest", 1, exchange -> failIfAway());
            flow.append(JournalFlow.event(1));
            await().until(() -> states(flow, 1).equals("all delivered"));
            flow.context().getRouteController().suspendRoute("all");
            flow.append(JournalFlow.event(2));
            assertEquals("all paused", states(flow, 2));
            execute(flow, "update event set accepted = -90000000");
            Map<String, Object> status = flow.journal().sinks().status().get(0);
            assertEquals("paused", status.get("state"));
            assertEquals(null, status.get("reason"));
            assertEquals(1L, status.get("backlog"));
            JournalReport.Sink seen = JournalClient.report(file).sinks().get(0);
            assertEquals(SinkStatus.State.PAUSED, seen.state(Sinks.LATE_AFTER), "for another process, too");
            assertEquals(null, seen.reason(Sinks.LATE_AFTER));
            flow.context().getRouteController().resumeRoute("all");
            await().until(() -> states(flow, 2).equals("all delivered"));
            assertEquals(
                    "works", flow.journal().sinks().status().get(0).get("state").toString());
        }
    }

    @Test
    void aRestartResumesAPausedSink() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.sink("all", "oldest", 1, exchange -> {});
            flow.journal().sinks().paused("all", true);
        }
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.sink("all", "oldest", 1, exchange -> {});
            flow.append(JournalFlow.event(1));
            await().until(() -> states(flow, 1).equals("all " + State.DELIVERED));
        }
    }

    private void failIfAway() {
        if (away.get()) {
            throw new IllegalStateException("away");
        }
    }

    private static List<Long> numbers(List<KeptEvents.Kept> events) {
        return events.stream().map(KeptEvents.Kept::number).toList();
    }

    private static String states(JournalFlow flow, long number) throws Exception {
        return String.join(
                ", ",
                flow.journal().keptEvents().find(number).orElseThrow().deliveries().stream()
                        .map(each ->
                                each.sink() + " " + each.state() + (each.reason() == null ? "" : ": " + each.reason()))
                        .toList());
    }
}
