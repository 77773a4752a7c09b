package dev.wayside.processors;

import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import dev.wayside.elasticsearch.EventDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Creates bulk requests to Elasticsearch from flat events; rejects events that cannot become documents. */
public final class MakeDocuments {
    /** Bytes. Well below the limits of proxies; larger requests are not faster. */
    private static final int LARGEST_REQUEST = 5_000_000;

    private final EventDocuments documents;
    private final Time patience;

    /**
     * @param index the prefix of the index names
     * @param writeTimeout the timeout of a write in seconds; the server times out after two thirds of it, so that it
     *     can still report why
     */
    public MakeDocuments(String index, int writeTimeout) {
        this.documents = new EventDocuments(index);
        this.patience = Time.of(time -> time.time(writeTimeout * 1000 * 2 / 3 + "ms"));
    }

    /**
     * Creates the requests of an exchange.
     *
     * @param exchange has a flat event or a list of them as its body; the body stays unchanged
     * @return requests of a few megabytes each; none if no event can become a document
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
