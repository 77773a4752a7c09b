package dev.wayside.processors;

import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import dev.wayside.elasticsearch.ElasticsearchAnswers;
import dev.wayside.elasticsearch.ElasticsearchConnection;
import dev.wayside.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Looks at each item of a bulk answer, which is no error whatever its items say; adds to {@code rejected}. */
public final class CheckItems implements Processor {
    private final ElasticsearchAnswers answers;

    /** Makes the step. */
    public CheckItems(ElasticsearchConnection connection) {
        this.answers = connection.answers();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) throws StoreUnavailableException {
        List<BulkResponseItem> items = exchange.getMessage().getBody(List.class);
        Map<String, String> rejected = exchange.getVariable("rejected", Map.class);
        for (BulkResponseItem item : items) {
            answers.refusal(item).ifPresent(words -> rejected.put(item.id(), words));
        }
    }
}
