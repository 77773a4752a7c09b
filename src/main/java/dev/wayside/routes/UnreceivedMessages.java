package dev.wayside.routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;

/**
 * Finds routes that send to a {@code direct:} endpoint with which no route begins, because a file is missing or invalid.
 * Camel itself fails only with the first message, after half a minute.
 *
 * @param context with the running routes
 * @param folder the routes folder, for the message
 */
record UnreceivedMessages(CamelContext context, Path folder) {
    private static final String DIRECT = "direct:";

    /** A sentence about each such endpoint, by the file that is probably missing. */
    Map<Path, String> find() {
        Set<String> received = context.getRoutes().stream()
                .map(Route::getEndpoint)
                .filter(DirectEndpoint.class::isInstance)
                .map(endpoint -> name(endpoint.getEndpointUri()))
                .collect(Collectors.toSet());
        Map<String, Set<String>> sendersOf = new TreeMap<>();
        for (RouteDefinition route :
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
            for (SendDefinition<?> step :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class)) {
                String uri = String.valueOf(step.getEndpointUri());
                if (uri.startsWith(DIRECT)
                        && !uri.contains("{{")
                        && context.getRoute(route.getRouteId()) != null
                        && !received.contains(name(uri))) {
                    sendersOf.computeIfAbsent(name(uri), any -> new TreeSet<>()).add(route.getRouteId());
                }
            }
        }
        Map<Path, String> sentences = new TreeMap<>();
        sendersOf.forEach((name, senders) -> {
            Path file = folder.resolve(name + ".yaml");
            sentences.put(
                    folder.resolve("?" + name),
                    "No route begins with " + DIRECT + name + ", to which " + String.join(", ", senders)
                            + " sends its messages; "
                            + (Files.exists(file)
                                    ? file + " is there, but its route does not run."
                                    : "the file " + file + " is missing."));
        });
        return sentences;
    }

    private static String name(String uri) {
        return uri.replaceFirst("\\?.*", "").replaceFirst("^direct:/{0,2}", "");
    }
}
