package dev.wayside.processors;

import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import dev.wayside.elasticsearch.ElasticsearchAnswers;
import dev.wayside.elasticsearch.ElasticsearchConnection;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Checks each item of a bulk response, which is a success even if items failed, and rejects the events of refused
 * items.
 */
public final class CheckItems implements Processor {
    private final ElasticsearchAnswers answers;

    /**
     * @param connection the connection that the response came from
     */
    public CheckItems(ElasticsearchConnection connection) {
        this.answers = connection.answers();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        for (Object each : exchange.getMessage().getBody(Iterable.class)) {
            BulkResponseItem item = (BulkResponseItem) each;
            Optional<String> refusal = answers.refusal(item);
            if (refusal.isPresent()) {
                SinkEvents.reject(exchange, item.id(), refusal.get());
            }
        }
    }
}
