package dev.wayside.processors;

import dev.wayside.influxdb.PointWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.influxdb.dto.BatchPoints;

/** After a write to InfluxDB that failed: delivers what can be, and adds the others to the variable {@code rejected}. */
public final class RecoverPoints implements Processor {
    private final PointWriter writer;

    /** Makes the step. */
    public RecoverPoints(PointWriter writer) {
        this.writer = writer;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) throws IOException {
        BatchPoints batch = exchange.getMessage().getBody(BatchPoints.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        List<String> ids = exchange.getVariable("pointIds", List.class);
        Map<String, String> rejected = exchange.getVariable("rejected", Map.class);
        writer.recover(batch.getPoints(), failure).forEach((place, words) -> rejected.put(ids.get(place), words));
    }
}
