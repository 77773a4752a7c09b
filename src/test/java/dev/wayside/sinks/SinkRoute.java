package dev.wayside.sinks;

import dev.wayside.status.StatusBoard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A sink in a pipeline without a journal: batches go straight in. */
final class SinkRoute implements AutoCloseable {
    private static final String ENTRANCE = "direct:events";

    private final CamelContext context = new DefaultCamelContext();
    private final StatusBoard status = new StatusBoard("test", "test", Clock.systemUTC());
    private final String entrance;

    private SinkRoute(String entrance, Properties settings, String yaml) throws Exception {
        this.entrance = entrance;
        KameletComponent component = new KameletComponent();
        component.setLocation("file:" + Path.of("kamelets").toAbsolutePath());
        context.addComponent("kamelet", component);
        context.getRegistry().bind("status", status);
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route.yaml", yaml));
    }

    /** The sink's kamelet and nothing else. */
    static SinkRoute ofKamelet(String kamelet, Map<String, String> parameters) throws Exception {
        String lines = parameters.entrySet().stream()
                .map(each -> "            " + each.getKey() + ": \"" + quoted(each.getKey(), each.getValue()) + "\"\n")
                .collect(Collectors.joining());
        String yaml = "- route:\n    id: sink-route\n    from:\n      uri: " + ENTRANCE + "\n      steps:\n"
                + "        - to:\n            uri: kamelet:" + kamelet + "\n            parameters:\n"
                + lines.indent(2);
        return new SinkRoute(ENTRANCE, new Properties(), yaml);
    }

    /** As the routes do it: a password may have characters that mean something in a URI. */
    private static String quoted(String parameter, String value) {
        return parameter.equals("password") ? "RAW(" + value + ")" : value;
    }

    /**
     * One of Wayside's own routes.
     *
     * @param file of the folder {@code routes}
     * @param entrance where the route takes events from
     * @param settings that differ from the defaults
     */
    static SinkRoute ofFile(String file, String entrance, Map<String, String> settings) throws Exception {
        Properties all = new Properties();
        try (InputStream defaults = SinkRoute.class.getResourceAsStream("/application.properties")) {
            all.load(defaults);
        }
        all.putAll(settings);
        return new SinkRoute(entrance, all, read(file));
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of("routes", file));
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
     * Sends a batch, or whatever the sink takes.
     *
     * @return the rejected events
     * @throws Exception as the sink threw it
     */
    @SuppressWarnings("unchecked")
    Map<String, String> deliver(Object events) throws Exception {
        Exchange exchange = context.createProducerTemplate()
                .request(entrance, given -> given.getMessage().setBody(events));
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
