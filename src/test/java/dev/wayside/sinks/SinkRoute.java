package dev.wayside.sinks;

import dev.wayside.journal.Batch;
import dev.wayside.journal.Batches;
import dev.wayside.journal.component.JournalConstants;
import dev.wayside.status.StatusBoard;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A sink's kamelet in a pipeline without a journal: batches go straight in, through a route of any shape. */
final class SinkRoute implements AutoCloseable {
    private final CamelContext context = new DefaultCamelContext();
    private final StatusBoard status = new StatusBoard("test", "test", Clock.systemUTC());
    private final String sink;

    /** A route's way to the sink, as a list of YAML steps; {@code SINK} is the step that leads into its kamelet. */
    enum Shape {
        LIST("[SINK]"),
        SPLIT("[split: {simple: '${body}', steps: [SINK]}]"),
        PARALLEL_SPLIT("[split: {simple: '${body}', parallelProcessing: true, steps: [SINK]}]"),
        FIRST_OF_A_MULTICAST("[multicast: {steps: [SINK, {setBody: {constant: another}}]}]"),
        LAST_OF_A_MULTICAST("[multicast: {steps: [{setBody: {constant: another}}, SINK]}]"),
        PARALLEL_MULTICAST("[multicast: {parallelProcessing: true, steps: [SINK, SINK]}]"),
        AFTER_A_REJECTION(
                "[split: {simple: '${body}', steps: [{choice: {when: [{simple: '${body[sequence]} == 1', steps:"
                        + " [{to: 'kamelet:wayside-reject-action?words=before the sink'}]}], otherwise: {steps: [SINK]}}}]}]"),
        TWO_IN_ONE_ROUTE("[SINK, SINK]");

        private final String steps;

        Shape(String steps) {
            this.steps = steps;
        }
    }

    private SinkRoute(String sink) throws Exception {
        this.sink = sink;
        KameletComponent component = new KameletComponent();
        component.setLocation("file:" + Path.of("kamelets").toAbsolutePath());
        context.addComponent("kamelet", component);
        context.getRegistry().bind("status", status);
        context.start();
        addRoute(Shape.LIST);
    }

    private void addRoute(Shape shape) throws Exception {
        String yaml = "- route: {id: " + shape + ", from: {uri: 'direct:" + shape + "', steps: "
                + shape.steps.replace("SINK", sink) + "}}";
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(shape + ".yaml", yaml));
    }

    /** The sink's kamelet with these parameters. */
    static SinkRoute ofKamelet(String kamelet, Map<String, String> parameters) throws Exception {
        String given = parameters.entrySet().stream()
                .map(each -> each.getKey() + ": '"
                        + quoted(each.getKey(), each.getValue()).replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
        return new SinkRoute("{to: {uri: 'kamelet:" + kamelet + "', parameters: {" + given + "}}}");
    }

    /** As the routes do it: a password may have characters that mean something in a URI. */
    private static String quoted(String parameter, String value) {
        return parameter.equals("password") ? "RAW(" + value + ")" : value;
    }

    /** What the part of this name says of itself. */
    Map<?, ?> status(String part) {
        return (Map<?, ?>) status.snapshot().get(part);
    }

    /** Stops its routes, the kamelets' own among them, and starts them again. */
    void restart() throws Exception {
        context.getRouteController().stopAllRoutes();
        context.getRouteController().startAllRoutes();
    }

    /**
     * Sends events as a batch of the journal, in one list.
     *
     * @return the rejected events, and why
     * @throws Exception as the sink threw it
     */
    Map<String, String> deliver(List<Map<String, Object>> events) throws Exception {
        return deliver(events, Shape.LIST);
    }

    /** As {@link #deliver(List)}, through a route of this shape. */
    Map<String, String> deliver(List<Map<String, Object>> events, Shape shape) throws Exception {
        if (context.getRoute(shape.name()) == null) {
            addRoute(shape);
        }
        Batch batch = Batches.of(events);
        send(batch.events(), batch, shape);
        return Batches.rejected(batch);
    }

    /**
     * Sends a body that is of no batch.
     *
     * @throws Exception as the sink threw it
     */
    void deliverAlone(Object body) throws Exception {
        send(body, null, Shape.LIST);
    }

    private void send(Object body, Batch batch, Shape shape) throws Exception {
        Exchange exchange = context.createProducerTemplate().request("direct:" + shape, given -> {
            given.setProperty(JournalConstants.BATCH, batch);
            given.getMessage().setBody(body);
        });
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
