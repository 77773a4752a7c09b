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
 * Removes a kamelet's route together with the last route that used it. Camel creates such a route when an endpoint of the
 * kamelet is added, and keeps it when the endpoint is removed. Without this class, the connections and journal consumers of
 * a changed route file would continue to run beside the new ones.
 */
public final class ReplacedKamelets extends LifecycleStrategySupport {
    private static final Logger log = LoggerFactory.getLogger(ReplacedKamelets.class);

    private final CamelContext context;
    private final Set<String> removing = ConcurrentHashMap.newKeySet();

    /** To be added to the lifecycle strategies of this context. */
    public ReplacedKamelets(CamelContext context) {
        this.context = context;
    }

    @Override
    public void onEndpointRemove(Endpoint endpoint) {
        if (!context.isStopping() && endpoint instanceof KameletEndpoint kamelet) {
            remove(kamelet.getRouteId());
        }
    }

    /** Removing a route removes its endpoints, which name the same route: it must not be removed twice. */
    private void remove(String route) {
        if (context.getRoute(route) == null || !removing.add(route)) {
            return;
        }
        try {
            context.getRouteController().stopRoute(route);
            context.removeRoute(route);
        } catch (Exception e) {
            log.warn("the previous route {} did not stop: {}", route, e.getMessage());
        } finally {
            removing.remove(route);
        }
    }
}
