package dev.wayside.routes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a kamelet's route away together with the last route that used it. Camel makes such a route when an endpoint of
 * the kamelet comes, and leaves it when the endpoint goes: without this, a changed route file would leave the former
 * connections and readers of the journal at work beside the new ones.
 */
public final class ReplacedKamelets extends LifecycleStrategySupport {
    private static final Logger log = LoggerFactory.getLogger(ReplacedKamelets.class);

    private final CamelContext context;
    private final Set<String> goes = ConcurrentHashMap.newKeySet();

    /** Watches nothing until it is among the lifecycle strategies of this context. */
    public ReplacedKamelets(CamelContext context) {
        this.context = context;
    }

    @Override
    public void onEndpointRemove(Endpoint endpoint) {
        if (!context.isStopping() && endpoint instanceof KameletEndpoint kamelet) {
            remove(kamelet.getRouteId());
        }
    }

    /** Its own endpoints name the route, too, and go with it. */
    private void remove(String route) {
        if (context.getRoute(route) == null || !goes.add(route)) {
            return;
        }
        try {
            context.getRouteController().stopRoute(route);
            context.removeRoute(route);
        } catch (Exception e) {
            log.warn("the former {} did not stop: {}", route, e.getMessage());
        } finally {
            goes.remove(route);
        }
    }
}
