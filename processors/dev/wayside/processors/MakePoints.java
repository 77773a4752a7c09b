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

/** Makes one write to InfluxDB of flat events; rejects what cannot be a point. */
public final class MakePoints {
    /** The header that has the ids of the points' events, a list of texts in the order of the points. */
    static final String IDS = "WaysideEventIds";

    private final EventPoints points;
    private final PointWriter writer;

    /**
     * Makes writes.
     *
     * @param writer of the points' database
     * @param separator as in the flat names
     */
    public MakePoints(PointWriter writer, String separator) {
        this.points = new EventPoints(separator);
        this.writer = writer;
    }

    /**
     * The writes of an exchange.
     *
     * @param exchange with a flat event or a list of them as its body, which stays
     * @return one message whose body is the write, or none when no event can be a point
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
