package dev.wayside.processors;

import dev.wayside.elasticsearch.ElasticsearchConnection;
import dev.wayside.elasticsearch.IndexTemplate;
import dev.wayside.store.StoreUnavailableException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Installs the index template before the first batch; afterwards does nothing. */
public final class InstallTemplate implements Processor {
    private final ElasticsearchConnection connection;
    private final IndexTemplate template;
    private boolean wanted;

    /**
     * Prepares the template for the indices of one name.
     *
     * @param connection to the server
     * @param index the prefix of the index names
     * @param wanted whether to install the template
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
