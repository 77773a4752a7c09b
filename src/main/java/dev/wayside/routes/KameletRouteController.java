package dev.wayside.routes;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StatefulService;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.impl.engine.DefaultRouteController;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Suspends and resumes a route together with the route of the kamelet that it begins with. Camel would leave the kamelet's
 * own route running, which then fails because nobody takes its messages. Whoever suspends a route, such as JMX, uses the
 * context's route controller.
 *
 * <p>If a message in flight outlasts the suspension's timeout, Camel stops the route's consumer and steps instead of
 * suspending them. Later, it resumes the route but not these, and the route would be silent until the next start of the
 * program. Here, such a route is restarted.
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
        restartIfSilent(routeId);
        Optional<String> source = source(routeId);
        if (source.isPresent()) {
            super.resumeRoute(source.get());
            restartIfSilent(source.get());
        }
    }

    @Override
    public void startRoute(String routeId) throws Exception {
        super.startRoute(routeId);
        restartIfSilent(routeId);
    }

    private void restartIfSilent(String routeId) throws Exception {
        if (isSilent(routeId)) {
            // Not gracefully: a call that still hangs would be waited for in vain.
            super.stopRoute(routeId, 1, TimeUnit.MILLISECONDS);
            super.startRoute(routeId);
        }
    }

    /** Whether the route counts as started, but its consumer or one of its steps is stopped. */
    private boolean isSilent(String routeId) {
        Route route = getCamelContext().getRoute(routeId);
        return route != null
                && getRouteStatus(routeId).isStarted()
                && route.getServices().stream()
                        .flatMap(service -> ServiceHelper.getChildServices(service, true).stream())
                        .anyMatch(service ->
                                service instanceof StatefulService part && part.getStatus() == ServiceStatus.Stopped);
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
