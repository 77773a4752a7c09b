package dev.wayside.processors;

import dev.wayside.influxdb.PointWriter;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.influxdb.dto.BatchPoints;

/** Recovers from a failed write to InfluxDB: delivers the points that can be delivered, and rejects the others. */
public final class RecoverPoints implements Processor {
    private final PointWriter writer;

    /**
     * @param writer writes to the points' database
     */
    public RecoverPoints(PointWriter writer) {
        this.writer = writer;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        BatchPoints batch = exchange.getMessage().getBody(BatchPoints.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        List<?> ids = exchange.getMessage().getHeader(MakePoints.IDS, List.class);
        Map<Integer, String> refused = writer.recover(batch.getPoints(), failure);
        for (Map.Entry<Integer, String> each : refused.entrySet()) {
            SinkEvents.reject(exchange, (String) ids.get(each.getKey()), each.getValue());
        }
    }
}
