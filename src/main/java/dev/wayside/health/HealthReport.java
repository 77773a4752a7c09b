package dev.wayside.health;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * The outcome of all checks in Camel's registry for each kind of probe.
 *
 * @param context has the registry
 */
public record HealthReport(CamelContext context) {
    private static final String FULL = "full";

    /**
     * What a probe gets.
     *
     * @param up whether the answer is 200
     * @param checks each with its {@code name}, {@code status}, {@code message} and {@code data}
     */
    public record Answer(boolean up, List<Map<String, Object>> checks) {}

    /** Down only if a restart is needed. */
    public Answer live() {
        Collection<HealthCheck.Result> results = HealthCheckHelper.invokeLiveness(context, FULL);
        return new Answer(HealthCheckHelper.isResultsUp(results, false), plain(results));
    }

    /** Up if the pipeline does its work. The answer contains all checks, also those that only inform. */
    Answer ready(boolean started) {
        Collection<HealthCheck.Result> results = HealthCheckHelper.invoke(context, FULL);
        List<HealthCheck.Result> deciding = results.stream()
                .filter(result -> result.getCheck().isReadiness())
                .toList();
        return new Answer(started && HealthCheckHelper.isResultsUp(deciding, true), plain(results));
    }

    /** Up once everything has been started, whatever fails afterwards. */
    Answer started(boolean started) {
        return new Answer(started, List.of());
    }

    private static List<Map<String, Object>> plain(Collection<HealthCheck.Result> results) {
        return results.stream().map(HealthReport::plain).toList();
    }

    private static Map<String, Object> plain(HealthCheck.Result result) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", result.getCheck().getId());
        plain.put("status", result.getState().name());
        result.getMessage().ifPresent(message -> plain.put("message", message));
        Map<String, Object> data = new TreeMap<>(result.getDetails());
        // Camel's own bookkeeping, and objects that are not plain values.
        data.keySet().removeIf(HealthCheckHelper::isReservedKey);
        data.replaceAll((key, value) -> value instanceof Number || value instanceof Boolean ? value : value.toString());
        plain.put("data", data);
        return plain;
    }
}
