package dev.wayside.processors;

import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import dev.wayside.elasticsearch.EventDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes bulk requests of a batch: a list of flat events in, a list of requests of a few megabytes out. The variable
 * {@code rejected} says which events cannot be documents and why.
 */
public final class MakeDocuments implements Processor {
    /** Well below what proxies let pass, and enough that more gives no more speed. */
    private static final int LARGEST_REQUEST = 5_000_000;

    private final EventDocuments documents;
    private final Time patience;

    /**
     * Makes the step.
     *
     * @param index first part of the names of the indices
     * @param writeTimeout seconds that one write may take; the server gives up a third earlier, to have time to say why
     */
    public MakeDocuments(String index, int writeTimeout) {
        this.documents = new EventDocuments(index);
        this.patience = Time.of(time -> time.time(writeTimeout * 1000 * 2 / 3 + "ms"));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        List<Map<String, Object>> events = exchange.getMessage().getBody(List.class);
        Map<String, String> rejected = new LinkedHashMap<>();
        List<BulkRequest.Builder> requests = new ArrayList<>();
        int bytes = LARGEST_REQUEST;
        for (Map<String, Object> event : events) {
            try {
                EventDocuments.Document document = documents.document(event);
                bytes += document.bytes();
                if (bytes > LARGEST_REQUEST) {
                    requests.add(new BulkRequest.Builder().timeout(patience));
                    bytes = document.bytes();
                }
                requests.get(requests.size() - 1).operations(document.operation());
            } catch (IllegalArgumentException e) {
                rejected.put(String.valueOf(event.get("id")), "not a document for Elasticsearch: " + e.getMessage());
            }
        }
        exchange.setVariable("rejected", rejected);
        exchange.getMessage().setBody(requests);
    }
}
