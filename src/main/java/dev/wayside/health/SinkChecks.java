package dev.wayside.health;

import dev.wayside.journal.Journal;
import dev.wayside.journal.JournalReport;
import dev.wayside.journal.SinkStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRepository;

/**
 * One check for each sink that has a route now. A sink that fails or is late is down, but that makes the process neither
 * unready nor dead: its events wait in the journal.
 */
public final class SinkChecks implements HealthCheckRepository {
    private final Supplier<Optional<Journal>> journal;
    private final Map<String, HealthCheck> checks = new ConcurrentHashMap<>();
    private volatile List<SinkStatus> latest = List.of();
    private boolean enabled = true;

    /** @param journal the journal once it is open */
    public SinkChecks(Supplier<Optional<Journal>> journal) {
        this.journal = journal;
    }

    @Override
    public String getId() {
        return "wayside-sinks";
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public Stream<HealthCheck> stream() {
        if (!enabled) {
            return Stream.empty();
        }
        latest = statuses();
        return latest.stream().map(SinkStatus::name).map(this::check);
    }

    private HealthCheck check(String sink) {
        return checks.computeIfAbsent(sink, name -> new PartCheck("sink-" + name, () -> condition(name)));
    }

    /** As it was when the checks were listed, because each reading asks the journal for all sinks. */
    private Condition condition(String sink) {
        return latest.stream()
                .filter(status -> status.name().equals(sink))
                .findFirst()
                .map(SinkChecks::condition)
                .orElse(Condition.good(Map.of("state", SinkStatus.State.OFF.toString())));
    }

    private static Condition condition(SinkStatus sink) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("state", sink.state().toString());
        JournalReport.Sink progress = sink.progress();
        if (progress != null) {
            data.put("backlog", progress.backlog());
            data.put("waiting_seconds", progress.waitingSeconds());
            data.put("dead_letters", progress.deadLetters());
        }
        return sink.reason() == null ? Condition.good(data) : Condition.bad(sink.reason(), data);
    }

    private List<SinkStatus> statuses() {
        return journal.get().map(open -> open.sinks().statuses()).orElse(List.of());
    }
}
