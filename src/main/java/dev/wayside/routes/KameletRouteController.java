package dev.wayside.routes;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.impl.engine.DefaultRouteController;

/**
 * Suspends and resumes a route together with the route of the kamelet that it begins with. Camel would leave the kamelet's
 * own route running, which then fails because nobody takes its messages. Whoever suspends a route, such as JMX, uses the
 * context's route controller.
 */
public final class KameletRouteController extends DefaultRouteController {
    /** To be set as the route controller of this context. */
    public KameletRouteController(CamelContext context) {
        super(context);
    }

    @Override
    public void suspendRoute(String routeId) throws Exception {
        Optional<String> source = source(routeId);
        if (source.isPresent()) {
            super.suspendRoute(source.get());
        }
        super.suspendRoute(routeId);
    }

    @Override
    public void suspendRoute(String routeId, long timeout, TimeUnit unit) throws Exception {
        Optional<String> source = source(routeId);
        if (source.isPresent()) {
            super.suspendRoute(source.get(), timeout, unit);
        }
        super.suspendRoute(routeId, timeout, unit);
    }

    /** Resumes the route first, because the kamelet's route delivers to it at once. */
    @Override
    public void resumeRoute(String routeId) throws Exception {
        super.resumeRoute(routeId);
        Optional<String> source = source(routeId);
        if (source.isPresent()) {
            super.resumeRoute(source.get());
        }
    }

    /** The id of the route of the kamelet from which the route gets its messages. */
    private Optional<String> source(String routeId) {
        Route route = getCamelContext().getRoute(routeId);
        return route != null && route.getEndpoint() instanceof KameletEndpoint kamelet
                ? Optional.ofNullable(getCamelContext().getRoute(kamelet.getRouteId()))
                        .map(Route::getId)
                : Optional.empty();
    }
}
