package dev.wayside.elasticsearch;

import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;

/** Creates a new Camel producer at each start, because a stopped one has closed its client. */
final class RestartableProducer extends DefaultAsyncProducer {
    private final Supplier<Producer> producers;
    private volatile Producer producer;

    RestartableProducer(Endpoint endpoint, Supplier<Producer> producers) {
        super(endpoint);
        this.producers = producers;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        producer = producers.get();
        ServiceHelper.startService(producer);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(producer);
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return ((AsyncProcessor) producer).process(exchange, callback);
    }
}
