package dev.wayside.routes;

import dev.wayside.failure.Reason;
import dev.wayside.journal.component.JournalEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.SuspendableService;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a route suspended when its file is loaded again: whoever has paused a sink does not expect that an edit resumes it.
 * Camel can only suspend a route that runs, so a gate at its beginning lets nothing of the journal pass until then.
 */
final class SuspendedRoutes {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);
    /** For messages in flight. Camel forces those that take longer, and the route would not work when it is resumed. */
    private static final long PATIENCE_SECONDS = 30;

    private static final long MILLIS_BETWEEN_LOOKS = 10;

    private final CamelContext context;
    private final Set<String> ids = new HashSet<>();

    SuspendedRoutes(CamelContext context) {
        this.context = context;
    }

    /** Remembers which routes of a file are suspended, before they are removed. */
    void remember(RouteFile file) {
        file.routeIds().stream()
                .filter(id -> context.getRouteController().getRouteStatus(id) == ServiceStatus.Suspended)
                .forEach(ids::add);
    }

    /** A deleted file: if it comes back, its routes run. */
    void forget(RouteFile file) {
        file.routes().forEach(route -> ids.remove(route.getRouteId()));
    }

    /** Starts the routes of a file; those that were suspended are suspended again. */
    void start(RouteFile file, RouteFile.Start start) throws Exception {
        Map<String, Gate> gates = new HashMap<>();
        for (RouteDefinition route : file.routes()) {
            if (ids.contains(route.getRouteId())) {
                Gate gate = new Gate();
                gates.put(route.getRouteId(), gate);
                List<RoutePolicy> policies = new ArrayList<>(List.of(gate));
                if (route.getRoutePolicies() != null) {
                    policies.addAll(route.getRoutePolicies());
                }
                route.setRoutePolicies(policies);
            }
        }
        try {
            start.run();
            for (String id : file.routeIds()) {
                if (ids.remove(id)) {
                    suspend(id);
                }
            }
        } finally {
            gates.values().forEach(Gate::open);
        }
    }

    private void suspend(String id) {
        try {
            context.getRouteController().suspendRoute(id, PATIENCE_SECONDS, TimeUnit.SECONDS);
            log.info("the route {} stays suspended", id);
        } catch (Exception e) {
            log.warn("the route {}, which was suspended, runs again: {}", id, Reason.of(e));
        }
    }

    /**
     * Holds up a batch of the journal until it is open, or gives it back as soon as the journal's consumer is suspended. A
     * batch can also arrive later that was taken just before.
     */
    private final class Gate extends RoutePolicySupport {
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            Route source = route.getEndpoint() instanceof KameletEndpoint kamelet
                    ? context.getRoute(kamelet.getRouteId())
                    : route;
            if (source == null || !(source.getEndpoint() instanceof JournalEndpoint)) {
                return;
            }
            try {
                boolean passes = false;
                while (!passes) {
                    passes = open.await(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                    if (source.getConsumer() instanceof SuspendableService consumer && consumer.isSuspended()) {
                        exchange.setRouteStop(true);
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.setRouteStop(true);
            }
        }

        void open() {
            open.countDown();
        }
    }
}
