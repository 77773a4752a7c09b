package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The content of one file in a context: configurations, templates, routes. It is added and removed as a whole.
 */
final class RouteFile {
    /** For a file with only comments, whose route the user has disabled. */
    private static final RouteConfigurationBuilder NOTHING = new RouteConfigurationBuilder() {
        @Override
        public void configuration() {
            // there is none
        }
    };

    private final CamelContext context;
    private final Model model;
    private final String text;
    private final RouteConfigurationBuilder builder;
    private final List<RouteDefinition> added = new ArrayList<>();

    private RouteFile(CamelContext context, String text, RouteConfigurationBuilder builder) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.text = text;
        this.builder = builder;
    }

    /**
     * Parses the text as Camel's YAML, whatever the file's extension is, and adds its beans to the registry.
     *
     * @throws Exception if it is invalid
     */
    static RouteFile open(CamelContext context, Path file, String text) throws Exception {
        if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return new RouteFile(context, text, NOTHING);
        }
        Resource resource = ResourceHelper.fromString("file:" + file, text);
        // A loader remembers the files whose beans it has read, and would skip those of a corrected file.
        YamlRoutesBuilderLoader yaml = new YamlRoutesBuilderLoader();
        yaml.setCamelContext(context);
        ServiceHelper.startService(yaml);
        yaml.preParseRoute(resource);
        return new RouteFile(context, text, (RouteConfigurationBuilder) yaml.loadRoutesBuilder(resource));
    }

    /** Adds its configurations. A route gets those that exist when it is read, so those of all files must be added first. */
    void configure() throws Exception {
        builder.updateRouteConfigurationsToCamelContext(context);
    }

    /**
     * Reads its routes and adds its templates. It starts nothing.
     *
     * @throws Exception if the file defines nothing, or something that Camel does not know
     */
    void read() throws Exception {
        builder.configureRoutes(context);
        check();
        model.addRouteTemplateDefinitions(templates());
    }

    private void check() {
        if (builder != NOTHING && routes().isEmpty() && text.lines().noneMatch(line -> line.startsWith("-"))) {
            throw new InvalidInputException("it defines no route; a route file is a list, each of its entries beginning"
                    + " with '- route:', '- routeTemplate:', '- routeConfiguration:' or '- beans:'");
        }
        for (RouteDefinition route : routes()) {
            if (route.getInput() == null) {
                throw new InvalidInputException(
                        "the route " + route.getRouteId() + " has no 'from:', which says where its messages come from");
            }
        }
    }

    String text() {
        return text;
    }

    /** Refuses a route whose id is that of another file's: Camel would put it in the other's place. */
    void requireOwnIds(Path file, Map<Path, RouteFile> files) {
        for (RouteDefinition route : routes()) {
            files.forEach((other, its) -> {
                boolean same = its.routes().stream()
                        .anyMatch(each ->
                                route.getRouteId() != null && route.getRouteId().equals(each.getRouteId()));
                if (same && !other.equals(file)) {
                    throw new InvalidInputException(
                            "the route id " + route.getRouteId() + " is already used by a route in "
                                    + other.getFileName() + "; each route needs a unique id");
                }
            });
        }
    }

    /** Its routes and those of its templates, as defined in the file. */
    List<RouteDefinition> definitions() {
        return Stream.concat(routes().stream(), templates().stream().map(RouteTemplateDefinition::getRoute))
                .toList();
    }

    /** The routes that it defines. */
    List<RouteDefinition> routes() {
        return builder.getRouteCollection().getRoutes();
    }

    private List<RouteTemplateDefinition> templates() {
        return builder.getRouteTemplateCollection().getRouteTemplates();
    }

    /** Whether it defines a route template with this id. */
    boolean hasTemplate(String id) {
        return templates().stream().anyMatch(template -> id.equals(template.getId()));
    }

    /** Starts its routes. After a failure, {@link #remove()} removes what was already started. */
    void run() throws Exception {
        keepTrack(() -> {
            // The builder adds them again.
            model.removeRouteTemplateDefinitions(templates());
            builder.updateRoutesToCamelContext(context);
            context.addTemplatedRoutes(builder);
        });
    }

    /** Starts the routes made from its templates; otherwise as {@link #run}. */
    void run(Collection<TemplatedRoute> uses) throws Exception {
        keepTrack(() -> {
            for (TemplatedRoute use : uses) {
                if (hasTemplate(use.template())) {
                    TemplatedRouteBuilder.builder(context, use.template())
                            .routeId(use.route())
                            .prefixId(use.prefixOfSteps())
                            .parameters(use.parameters())
                            .add();
                }
            }
        });
    }

    private void keepTrack(Start start) throws Exception {
        Set<RouteDefinition> others = Collections.newSetFromMap(new IdentityHashMap<>());
        others.addAll(model.getRouteDefinitions());
        Set<Endpoint> endpoints = Set.copyOf(context.getEndpoints());
        boolean complete = false;
        try {
            start.run();
            complete = true;
        } finally {
            model.getRouteDefinitions().stream()
                    .filter(route -> !others.contains(route) && !Boolean.TRUE.equals(route.isKamelet()))
                    .forEach(added::add);
            if (!complete) {
                removeKamelets(endpoints);
            }
        }
    }

    /** A kamelet starts as soon as its endpoint exists, even if the route that uses it fails to start. */
    private void removeKamelets(Set<Endpoint> former) throws Exception {
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof KameletEndpoint && !former.contains(endpoint)) {
                context.removeEndpoint(endpoint);
            }
        }
    }

    /** Stops and removes everything that it has added, except its beans. */
    void remove() throws Exception {
        model.removeRouteDefinitions(added);
        added.clear();
        model.removeRouteTemplateDefinitions(templates());
        model.getRouteConfigurationDefinitions()
                .removeAll(builder.getRouteConfigurationCollection().getRouteConfigurations());
    }

    /** An action that starts or changes routes. */
    interface Start {
        void run() throws Exception;
    }
}
