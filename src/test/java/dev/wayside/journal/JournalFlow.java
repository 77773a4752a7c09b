package dev.wayside.journal;

import dev.wayside.journal.component.JournalConstants;
import dev.wayside.status.Failures;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A journal with the real kamelets, the real failure route, and sinks that the test defines. */
final class JournalFlow implements AutoCloseable {
    private final Journal journal;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate producer;

    JournalFlow(Path file) throws Exception {
        this(new Journal(file, 1L << 30, Duration.ofDays(7)));
    }

    JournalFlow(Journal journal) throws Exception {
        this.journal = journal;
        journal.start();
        context.getRegistry().bind("journal", journal);
        context.getRegistry().bind("failures", new Failures(System::nanoTime));
        context.getComponent("kamelet", org.apache.camel.component.kamelet.KameletComponent.class)
                .setLocation("file:kamelets");
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:routes/failures.yaml"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .doTry()
                        .to("kamelet:wayside-journal-sink")
                        .doCatch(JournalException.class)
                        .setVariable("refusal", exceptionMessage())
                        .end();
            }
        });
        context.getShutdownStrategy().setTimeout(2);
        context.start();
        producer = context.createProducerTemplate();
    }

    /** Adds a sink in the same way as a sink's route does. */
    JournalFlow sink(String name, String start, int batchSize, Processor processor) throws Exception {
        return sink(name, start, batchSize, 1, processor);
    }

    JournalFlow sink(String name, String start, int batchSize, int retryMax, Processor processor) throws Exception {
        context.getPropertiesComponent().addOverrideProperty(name + ".start", start);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:wayside-journal-source?sink=" + name + "&retryMax=" + retryMax + "&batchSize="
                                + batchSize)
                        .routeId(name)
                        .process(processor);
            }
        });
        return this;
    }

    /** Returns when the event is accepted. */
    void append(Map<String, Object> event) {
        Exchange sent =
                producer.send("direct:in", exchange -> exchange.getMessage().setBody(event));
        if (sent.getException() != null) {
            throw new IllegalStateException(sent.getException());
        }
        String refusal = sent.getVariable("refusal", String.class);
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
    }

    /** Adds events in one commit: accepted one by one, each would wait for the disk. */
    void insert(Stream<Map<String, Object>> events) throws SQLException {
        try (Connection connection = journal.writer().getConnection()) {
            EventRows.insert(connection, 0, events.map(EventRows::json).toList());
        }
        journal.appendSignal().signal();
    }

    static Map<String, Object> event(long number) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", "pi/front/" + number);
        event.put("device", "pi");
        event.put("camera", "front");
        event.put("time", "2026-11-23T10:15:30.123Z");
        event.put("sequence", (int) number);
        event.put("inference_ms", 15.25);
        event.put("note", "'quotes' \"and\" ümläut \uD83D\uDE97 \\ \n");
        return event;
    }

    static void reject(Exchange exchange, Map<String, ?> event, String reason) {
        exchange.getProperty(JournalConstants.BATCH, Batch.class).reject(event, reason);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> batch(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> sinkStatus(String name) {
        return ((List<Map<String, Object>>) journal.status().get("sinks"))
                .stream()
                        .filter(sink -> sink.get("name").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    Journal journal() {
        return journal;
    }

    DefaultCamelContext context() {
        return context;
    }

    @Override
    public void close() throws IOException {
        context.close();
        journal.close();
    }
}
