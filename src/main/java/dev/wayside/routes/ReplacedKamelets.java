package dev.wayside.routes;

import static org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes a kamelet's route together with the last route that used it. Camel creates such a route when an endpoint of the
 * kamelet is added, and keeps it when the endpoint is removed. Without this class, the connections and journal consumers of
 * a changed route file would continue to run beside the new ones.
 *
 * <p>Camel removes an endpoint with the last step that sends to it, but does not find it in a step {@code kamelet},
 * {@code wireTap} or {@code enrich}. So whoever adds routes holds the kamelets' routes that they may use, until it releases
 * them.
 */
public final class ReplacedKamelets extends LifecycleStrategySupport {
    private static final Logger log = LoggerFactory.getLogger(ReplacedKamelets.class);

    private final CamelContext context;
    private final Set<String> removing = ConcurrentHashMap.newKeySet();
    /** The ids of kamelets' routes, by who may use them. */
    private final Map<Object, Set<String>> held = new ConcurrentHashMap<>();

    /** To be added to the lifecycle strategies of this context. */
    public ReplacedKamelets(CamelContext context) {
        this.context = context;
    }

    /** That of a context; added to it if there is none. */
    static ReplacedKamelets of(CamelContext context) {
        return context.getLifecycleStrategies().stream()
                .filter(ReplacedKamelets.class::isInstance)
                .map(ReplacedKamelets.class::cast)
                .findFirst()
                .orElseGet(() -> {
                    ReplacedKamelets added = new ReplacedKamelets(context);
                    context.addLifecycleStrategy(added);
                    return added;
                });
    }

    /** The ids of the routes of all kamelets that are used now. */
    Set<String> present() {
        Set<String> present = new HashSet<>();
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof KameletEndpoint kamelet) {
                present.add(kamelet.getRouteId());
            }
        }
        return present;
    }

    /**
     * The ids of the routes of the kamelets that these routes use in steps where Camel does not find them. Others may use them
     * too, with the same parameters. A kamelet in {@code from} must not be among them: nobody else uses it, and it must end with
     * its route.
     */
    Set<String> shared(Collection<RouteDefinition> routes) {
        Set<String> shared = new HashSet<>();
        for (RouteDefinition route : routes) {
            List<ProcessorDefinition<?>> steps = route.getOutputs();
            Stream.of(
                            filterTypeInOutputs(steps, KameletDefinition.class).stream()
                                    .map(step -> "kamelet:" + step.getName()),
                            filterTypeInOutputs(steps, WireTapDefinition.class).stream()
                                    .map(step -> String.valueOf(step.getUri())),
                            filterTypeInOutputs(steps, EnrichDefinition.class).stream()
                                    .map(step ->
                                            String.valueOf(step.getExpression().getExpression())))
                    .flatMap(uris -> uris)
                    .filter(uri -> uri.startsWith("kamelet:"))
                    .forEach(uri -> existing(uri).ifPresent(shared::add));
        }
        return shared;
    }

    private Optional<String> existing(String uri) {
        try {
            return context.hasEndpoint(context.resolvePropertyPlaceholders(uri)) instanceof KameletEndpoint kamelet
                    ? Optional.of(kamelet.getRouteId())
                    : Optional.empty();
        } catch (IllegalArgumentException | ResolveEndpointFailedException e) {
            log.debug("the parameters of {} are those of a template", uri, e);
            return Optional.empty();
        }
    }

    /** These routes stay until the holder releases them. */
    void hold(Object holder, Collection<String> routes) {
        held.computeIfAbsent(holder, any -> ConcurrentHashMap.newKeySet()).addAll(routes);
    }

    /** Lets Camel remove what only this holder has held. What is then still there is to be removed by {@link #remove}. */
    Set<String> release(Object holder) {
        Set<String> released = held.remove(holder);
        return released == null ? Set.of() : released;
    }

    /** Removes these routes, except those that others hold. */
    void remove(Set<String> routes) throws Exception {
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof KameletEndpoint kamelet
                    && routes.contains(kamelet.getRouteId())
                    && !isHeld(kamelet.getRouteId())) {
                context.removeEndpoint(endpoint);
            }
        }
        routes.stream().filter(route -> !isHeld(route)).forEach(this::remove);
    }

    private boolean isHeld(String route) {
        return held.values().stream().anyMatch(routes -> routes.contains(route));
    }

    @Override
    public void onEndpointRemove(Endpoint endpoint) {
        if (!context.isStopping() && endpoint instanceof KameletEndpoint kamelet && !isHeld(kamelet.getRouteId())) {
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
