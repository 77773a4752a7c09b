package dev.wayside.processors;

import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import dev.wayside.elasticsearch.EventDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Makes bulk requests to Elasticsearch of flat events; rejects what cannot be a document. */
public final class MakeDocuments {
    /** Well below what proxies let pass, and enough that more gives no more speed. */
    private static final int LARGEST_REQUEST = 5_000_000;

    private final EventDocuments documents;
    private final Time patience;

    /**
     * Makes requests.
     *
     * @param index first part of the names of the indices
     * @param writeTimeout seconds that one write may take; the server gives up a third earlier, to have time to say why
     */
    public MakeDocuments(String index, int writeTimeout) {
        this.documents = new EventDocuments(index);
        this.patience = Time.of(time -> time.time(writeTimeout * 1000 * 2 / 3 + "ms"));
    }

    /**
     * The requests of an exchange.
     *
     * @param exchange with a flat event or a list of them as its body, which stays
     * @return requests of a few megabytes each; none when no event can be a document
     */
    public List<BulkRequest.Builder> requests(Exchange exchange) throws EventRefusedException {
        List<BulkRequest.Builder> requests = new ArrayList<>();
        int bytes = LARGEST_REQUEST;
        for (Map<String, Object> event : SinkEvents.of(exchange)) {
            try {
                EventDocuments.Document document = documents.document(event);
                bytes += document.bytes();
                if (bytes > LARGEST_REQUEST) {
                    requests.add(new BulkRequest.Builder().timeout(patience));
                    bytes = document.bytes();
                }
                requests.get(requests.size() - 1).operations(document.operation());
            } catch (IllegalArgumentException e) {
                SinkEvents.reject(
                        exchange, SinkEvents.id(event), "not a document for Elasticsearch: " + e.getMessage());
            }
        }
        return requests;
    }
}
