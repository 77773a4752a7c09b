package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is saved again and again leaves nothing of its former versions behind. */
class ManySavesTest {
    private static final int SAVES = 200;
    private static final String KAMELET =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: tap-action
            spec:
              definition:
                properties: {n: {type: integer}}
              template:
                beans:
                  - name: words
                    type: java.util.ArrayList
                from:
                  uri: kamelet:source
                  steps:
                    - to: log:tapped{{n}}
            """;
    private static final String READER =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: reader-source
            spec:
              definition:
                properties: {name: {type: string}}
              template:
                from:
                  uri: direct:{{name}}
                  steps:
                    - to: kamelet:sink
            """;
    private static final String READS =
            """
            - route:
                id: sink-%1$d
                from:
                  uri: kamelet:reader-source
                  parameters: {name: in-%1$d}
                  steps:
                    - to: kamelet:tap-action?n=%1$d
                    - setBody: {constant: saved %2$d}
            """;
    /** Both forms of using a kamelet, a bean, a template with its route, and a configuration of its own. */
    private static final String EDITED = Pool.declared("n=%1$d") + Pool.using("db")
            + """
                        - to:
                            uri: kamelet:tap-action
                            parameters: {n: %1$d}
                        - kamelet: {name: tap-action, parameters: {n: 1%1$d}}
                        - wireTap: {uri: "kamelet:tap-action?n=2%1$d"}
                - routeTemplate:
                    id: t
                    parameters: [{name: who}]
                    from:
                      uri: direct:{{who}}
                      steps: [{to: "log:template%1$d"}]
                - templatedRoute: {routeTemplateRef: t, routeId: made, parameters: [{name: who, value: made}]}
                - routeConfiguration:
                    id: own
                    onException: [{onException: {exception: [java.io.IOException]}}]
                """;

    @TempDir
    Path folders;

    @Test
    void afterHundredsOfSavesThereIsAsMuchAsAfterTheFirst() throws Exception {
        Path kamelets = Files.createDirectory(folders.resolve("kamelets"));
        Files.writeString(kamelets.resolve("tap-action.kamelet.yaml"), KAMELET);
        try (WatchedRoutes routes = new WatchedRoutes(Files.createDirectory(folders.resolve("routes")), kamelets)) {
            CamelContext context = routes.context();
            context.getComponent("kamelet", KameletComponent.class).setLocation("file:" + kamelets + "/");
            routes.write("other.yaml", route("other", "yes"));
            routes.write("db.yaml", EDITED.formatted(0)).start().awaitAnswer("db", "n=0");
            List<Integer> before = counts(context);
            for (int save = 1; save <= SAVES; save++) {
                routes.write("db.yaml", EDITED.formatted(save)).awaitSaid("db.yaml was loaded", save);
            }
            assertEquals("n=" + SAVES, routes.answer("db"));
            assertEquals(before, counts(context), "routes, endpoints, definitions, templates, configurations, beans");
            assertEquals(List.of(), routes.reasons());
        }
    }

    /** As every sink's route does with the kamelet that reads the journal: a second reader would be refused. */
    @Test
    void aFileWhoseKameletOtherFilesUseWithOtherParametersEndsItsOwn() throws Exception {
        Path kamelets = Files.createDirectory(folders.resolve("kamelets"));
        Files.writeString(kamelets.resolve("reader-source.kamelet.yaml"), READER);
        Files.writeString(kamelets.resolve("tap-action.kamelet.yaml"), KAMELET);
        try (WatchedRoutes routes = new WatchedRoutes(Files.createDirectory(folders.resolve("routes")), kamelets)) {
            CamelContext context = routes.context();
            context.getComponent("kamelet", KameletComponent.class).setLocation("file:" + kamelets + "/");
            for (int sink = 1; sink <= 3; sink++) {
                routes.write("sink-" + sink + ".yaml", READS.formatted(sink, 0));
            }
            routes.start();
            assertEquals(9, context.getRoutesSize());
            assertEquals("saved 0", ask(context, "in-2"));
            for (int save = 1; save <= 3; save++) {
                routes.write("sink-2.yaml", READS.formatted(2, save)).awaitSaid("sink-2.yaml was loaded", save);
                assertEquals("saved " + save, ask(context, "in-2"));
                assertEquals(9, context.getRoutesSize());
            }
            assertEquals("saved 0", ask(context, "in-1"));
            assertEquals(List.of(), routes.reasons());
        }
    }

    private static String ask(CamelContext context, String name) {
        return context.createFluentProducerTemplate().to("direct:" + name).request(String.class);
    }

    private static List<Integer> counts(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        return List.of(
                context.getRoutes().size(),
                context.getEndpoints().size(),
                model.getRouteDefinitions().size(),
                model.getRouteTemplateDefinitions().size(),
                model.getRouteConfigurationDefinitions().size(),
                model.getCustomBeans().size(),
                context.getRegistry().findByType(Object.class).size());
    }
}
