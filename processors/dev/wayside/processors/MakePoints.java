package dev.wayside.processors;

import dev.wayside.influxdb.EventPoints;
import dev.wayside.influxdb.PointWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.influxdb.dto.Point;

/** Creates one write to InfluxDB from flat events; rejects events that cannot become points. */
public final class MakePoints {
    /** The header with the ids of the points' events: a list of strings in the order of the points. */
    static final String IDS = "WaysideEventIds";

    private final EventPoints points;
    private final PointWriter writer;

    /**
     * @param writer writes to the points' database
     * @param separator the separator in flat names
     */
    public MakePoints(PointWriter writer, String separator) {
        this.points = new EventPoints(separator);
        this.writer = writer;
    }

    /**
     * Creates the write of an exchange.
     *
     * @param exchange has a flat event or a list of them as its body; the body stays unchanged
     * @return one message whose body is the write, or none if no event can become a point
     */
    public List<Message> writes(Exchange exchange) throws EventRefusedException {
        List<String> ids = new ArrayList<>();
        List<Point> made = new ArrayList<>();
        for (Map<String, Object> event : SinkEvents.of(exchange)) {
            try {
                made.add(points.point(event));
                ids.add(SinkEvents.id(event));
            } catch (IllegalArgumentException e) {
                SinkEvents.reject(exchange, SinkEvents.id(event), "not a point for InfluxDB: " + e.getMessage());
            }
        }
        if (made.isEmpty()) {
            return List.of();
        }
        Message write = new DefaultMessage(exchange.getContext());
        write.setHeader(IDS, ids);
        write.setBody(writer.batch(made));
        return List.of(write);
    }
}
