package dev.wayside.api;

import dev.wayside.journal.component.JournalEndpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that deliver to sinks: suspends and resumes them through Camel's route controller. */
record SinkRoutes(CamelContext context) {
    private static final Logger log = LoggerFactory.getLogger(SinkRoutes.class);
    /** For the batch in flight; then Camel interrupts it, and it is delivered again when the sink is resumed. */
    private static final long PATIENCE_SECONDS = 10;

    /** Suspends the route after the batch in flight. Does nothing if it is suspended already. */
    Answer pause(String sink) throws Exception {
        String route = route(sink);
        if (status(route) != ServiceStatus.Suspended) {
            context.getRouteController().suspendRoute(route, PATIENCE_SECONDS, TimeUnit.SECONDS);
            log.info("{} was paused on the page: its events wait", sink);
        }
        return Answer.json(Map.of("sink", sink, "route", route, "state", "paused"));
    }

    /** Resumes the route. Also if it runs: its consumer may not. */
    Answer resume(String sink) throws Exception {
        String route = route(sink);
        boolean ran = status(route) == ServiceStatus.Started;
        context.getRouteController().resumeRoute(route);
        if (!ran) {
            log.info("{} was resumed on the page", sink);
        }
        return Answer.json(Map.of("sink", sink, "route", route, "state", "resumed"));
    }

    private ServiceStatus status(String route) {
        return context.getRouteController().getRouteStatus(route);
    }

    private String route(String sink) {
        Map<String, String> routes = new TreeMap<>();
        for (Route route : List.copyOf(context.getRoutes())) {
            String of = sinkOf(route);
            if (of != null) {
                routes.put(of, route.getId());
            }
        }
        String route = routes.get(sink);
        if (route == null) {
            throw new NotFoundException("No route delivers to a sink '" + sink + "' now. "
                    + (routes.isEmpty()
                            ? "No sink has a route."
                            : "The sinks with a route: " + String.join(", ", routes.keySet()) + "."));
        }
        return route;
    }

    /** Null if it is not a sink's route. The kamelet at a route's beginning has a route of its own. */
    private String sinkOf(Route route) {
        if (route.getEndpoint() instanceof JournalEndpoint journal && !route.isCreatedByKamelet()) {
            return journal.getSink();
        }
        return route.getEndpoint() instanceof KameletEndpoint kamelet
                        && context.getRoute(kamelet.getRouteId()) != null
                        && context.getRoute(kamelet.getRouteId()).getEndpoint() instanceof JournalEndpoint journal
                ? journal.getSink()
                : null;
    }
}
