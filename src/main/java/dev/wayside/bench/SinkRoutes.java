package dev.wayside.bench;

import dev.wayside.journal.component.JournalEndpoint;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** Stops and starts the sinks of the running application. */
final class SinkRoutes {
    private final CamelContext context;

    SinkRoutes(CamelContext context) {
        this.context = context;
    }

    /** Those of these sinks that the settings enable. */
    List<String> enabled(List<String> sinks) {
        return sinks.stream().filter(name -> context.getRoute(name) != null).toList();
    }

    void stop(List<String> sinks) throws Exception {
        for (String sink : sinks) {
            context.getRouteController().stopRoute(source(sink));
        }
    }

    void start(List<String> sinks) throws Exception {
        for (String sink : sinks) {
            context.getRouteController().startRoute(source(sink));
        }
    }

    /**
     * The route inside the kamelet that reads the journal for this sink. Stopping only the sink's own route would leave
     * this one reading.
     */
    private String source(String sink) {
        return context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof JournalEndpoint journal
                        && journal.getSink().equals(sink))
                .map(Route::getId)
                .findFirst()
                .orElseThrow();
    }
}
