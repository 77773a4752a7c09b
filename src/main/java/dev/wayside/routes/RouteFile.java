package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.validation.FileContent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
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
    private final FileContent content;
    private final RouteConfigurationBuilder builder;
    private final ReplacedKamelets kamelets;
    private final List<RouteDefinition> added = new ArrayList<>();

    private RouteFile(CamelContext context, String text, FileContent content, RouteConfigurationBuilder builder) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.text = text;
        this.content = content;
        this.kamelets = ReplacedKamelets.of(context);
        this.builder = builder;
    }

    /**
     * Parses the text as Camel's YAML, whatever the file's extension is, and adds its beans to the registry.
     *
     * @throws Exception if it is invalid
     */
    static RouteFile open(CamelContext context, Path file, String text, FileContent content) throws Exception {
        if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return new RouteFile(context, text, content, NOTHING);
        }
        Resource resource = ResourceHelper.fromString("file:" + file, text);
        // A loader remembers the files whose beans it has read, and would skip those of a corrected file.
        YamlRoutesBuilderLoader yaml = new YamlRoutesBuilderLoader();
        yaml.setCamelContext(context);
        ServiceHelper.startService(yaml);
        yaml.preParseRoute(resource);
        return new RouteFile(context, text, content, (RouteConfigurationBuilder) yaml.loadRoutesBuilder(resource));
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

    /**
     * As {@link #read}, but only to see whether it fails: nothing is added. The text must have no beans.
     *
     * @throws Exception as in {@link #read}
     */
    void rehearse() throws Exception {
        builder.configureRoutes(context);
        check();
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

    /** What it offers and uses. */
    FileContent content() {
        return content;
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
        Set<String> former = kamelets.present();
        boolean complete = false;
        try {
            start.run();
            complete = true;
        } finally {
            model.getRouteDefinitions().stream()
                    .filter(route -> !others.contains(route) && !Boolean.TRUE.equals(route.isKamelet()))
                    .forEach(added::add);
            Set<String> appeared = kamelets.present();
            appeared.removeAll(former);
            if (complete) {
                appeared.addAll(kamelets.shared(added));
                kamelets.hold(this, appeared);
            } else {
                // A kamelet starts as soon as its endpoint exists, even if the route that uses it fails to start.
                kamelets.remove(appeared);
            }
        }
    }

    /** The ids of its routes that exist now. */
    List<String> routeIds() {
        return added.stream().map(RouteDefinition::getRouteId).toList();
    }

    /**
     * Stops and removes everything that it has added, except its beans.
     *
     * @throws Exception the first failure, after everything else was removed
     */
    void remove() throws Exception {
        Set<String> used = kamelets.release(this);
        List<Start> removals = new ArrayList<>();
        List.copyOf(added).forEach(route -> removals.add(() -> model.removeRouteDefinition(route)));
        added.clear();
        removals.add(() -> kamelets.remove(used));
        removals.add(() -> model.removeRouteTemplateDefinitions(templates()));
        removals.add(() -> model.getRouteConfigurationDefinitions()
                .removeAll(builder.getRouteConfigurationCollection().getRouteConfigurations()));
        Exception first = null;
        for (Start removal : removals) {
            try {
                removal.run();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** An action that starts or changes routes. */
    interface Start {
        void run() throws Exception;
    }
}
