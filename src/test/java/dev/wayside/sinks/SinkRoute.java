package dev.wayside.sinks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A sink's kamelet in a route without a journal: {@code direct:events} and nothing else. */
final class SinkRoute implements AutoCloseable {
    private final CamelContext context = new DefaultCamelContext();

    SinkRoute(String kamelet, Map<String, String> parameters) throws Exception {
        String lines = parameters.entrySet().stream()
                .map(each -> "            " + each.getKey() + ": \"" + quoted(each.getKey(), each.getValue()) + "\"\n")
                .collect(Collectors.joining());
        String yaml = "- route:\n    id: sink-route\n    from:\n      uri: direct:events\n      steps:\n"
                + "        - to:\n            uri: kamelet:" + kamelet + "\n            parameters:\n"
                + lines.indent(2);
        KameletComponent component = new KameletComponent();
        component.setLocation("file:" + Path.of("kamelets").toAbsolutePath());
        context.addComponent("kamelet", component);
        context.start();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route.yaml", yaml));
    }

    /** As the routes do it: a password may have characters that mean something in a URI. */
    private static String quoted(String parameter, String value) {
        return parameter.equals("password") ? "RAW(" + value + ")" : value;
    }

    CamelContext context() {
        return context;
    }

    /**
     * Sends a batch.
     *
     * @return the rejected events
     * @throws Exception as the sink threw it
     */
    @SuppressWarnings("unchecked")
    Map<String, String> deliver(List<Map<String, Object>> events) throws Exception {
        Exchange exchange = context.createProducerTemplate()
                .request("direct:events", given -> given.getMessage().setBody(events));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getVariable("rejected", Map.of(), Map.class);
    }

    @Override
    public void close() {
        context.stop();
    }
}
