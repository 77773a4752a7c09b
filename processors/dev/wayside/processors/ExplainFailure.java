package dev.wayside.processors;

import dev.wayside.elasticsearch.ElasticsearchAnswers;
import dev.wayside.elasticsearch.ElasticsearchConnection;
import dev.wayside.store.StoreUnavailableException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Replaces an exception of the Elasticsearch client by one with a clear message. */
public final class ExplainFailure implements Processor {
    private final ElasticsearchAnswers answers;

    /** Explains what this connection's server answers. */
    public ExplainFailure(ElasticsearchConnection connection) {
        this.answers = connection.answers();
    }

    @Override
    public void process(Exchange exchange) throws StoreUnavailableException {
        throw answers.failure(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }
}
