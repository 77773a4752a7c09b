package dev.wayside.processors;

import dev.wayside.elasticsearch.ElasticsearchConnection;
import dev.wayside.elasticsearch.IndexTemplate;
import dev.wayside.store.StoreUnavailableException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Installs the index template before the first batch; then lets everything pass. */
public final class InstallTemplate implements Processor {
    private final ElasticsearchConnection connection;
    private final IndexTemplate template;
    private boolean wanted;

    /**
     * Prepares the template for the indices of one name.
     *
     * @param connection to the server
     * @param index first part of the names of the indices
     * @param wanted whether it is to be installed
     */
    public InstallTemplate(ElasticsearchConnection connection, String index, boolean wanted) {
        this.connection = connection;
        this.template = new IndexTemplate(index);
        this.wanted = wanted;
    }

    @Override
    public synchronized void process(Exchange exchange) throws StoreUnavailableException {
        if (wanted) {
            template.install(connection);
            wanted = false;
        }
    }
}
