package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values of settings that routes use change while these run. */
class ChangedSettingsTest {
    private static final String WATCH =
            """
            - route:
                id: watch
                from:
                  uri: timer:watch
                  parameters:
                    period: "{{watch.period}}"
                  steps:
                    - log: "{{watch.words}}"
            """;

    @TempDir
    Path folders;

    private Path kamelets;
    private WatchedRoutes routes;

    @BeforeEach
    void aRouteWithSettings() throws Exception {
        kamelets = Files.createDirectory(folders.resolve("kamelets"));
        routes = new WatchedRoutes(Files.createDirectory(folders.resolve("routes")), kamelets);
        routes.context().getComponent("kamelet", KameletComponent.class).setLocation("file:" + kamelets + "/");
        routes.set("watch.period", "10s").set("watch.words", "one");
        routes.write("watch.yaml", WATCH).write("good.yaml", route("good", "yes"));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void aValueThatARouteCannotUseStopsNoRoute() throws Exception {
        routes.start();
        Object running = routes.context().getRoute("watch");
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> routes.change("watch.period", "often"));
        assertTrue(
                refusal.getMessage().contains("watch.yaml:6:17: the value of period is invalid"), refusal::getMessage);
        assertEquals(running, routes.context().getRoute("watch"), "not restarted");
        routes.change("watch.period", "20s");
        assertNotEquals(running, routes.context().getRoute("watch"));
        assertEquals(0, routes.reasons().size());
    }

    @Test
    void aValueReachesTheRoutesThatUseAKameletWithIt() throws Exception {
        Files.writeString(
                kamelets.resolve("say-action.kamelet.yaml"),
                """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata: {name: say-action}
                spec:
                  definition: {properties: {}}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setBody: {constant: "{{watch.words}}"}
                """);
        routes.write("user.yaml", route("user", "x") + "        - to: kamelet:say-action\n")
                .start();
        assertEquals("one", routes.answer("user"));
        routes.change("watch.words", "two");
        assertEquals("two", routes.answer("user"));
    }
}
