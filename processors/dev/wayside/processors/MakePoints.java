package dev.wayside.processors;

import dev.wayside.influxdb.EventPoints;
import dev.wayside.influxdb.PointWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.influxdb.dto.Point;

/**
 * Makes one write of a batch: a list of flat events in, InfluxDB's {@code BatchPoints} out, or null when no event can be
 * a point. The variable {@code rejected} says which cannot and why; {@code pointIds} has the ids of the points.
 */
public final class MakePoints implements Processor {
    private final EventPoints points;
    private final PointWriter writer;

    /**
     * Makes the step.
     *
     * @param writer of the points' database
     * @param separator as in the flat names
     */
    public MakePoints(PointWriter writer, String separator) {
        this.points = new EventPoints(separator);
        this.writer = writer;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        List<Map<String, Object>> events = exchange.getMessage().getBody(List.class);
        List<String> ids = new ArrayList<>(events.size());
        List<Point> made = new ArrayList<>(events.size());
        Map<String, String> rejected = new LinkedHashMap<>();
        for (Map<String, Object> event : events) {
            String id = String.valueOf(event.get("id"));
            try {
                made.add(points.point(event));
                ids.add(id);
            } catch (IllegalArgumentException e) {
                rejected.put(id, "not a point for InfluxDB: " + e.getMessage());
            }
        }
        exchange.setVariable("rejected", rejected);
        exchange.setVariable("pointIds", ids);
        exchange.getMessage().setBody(made.isEmpty() ? null : writer.batch(made));
    }
}
