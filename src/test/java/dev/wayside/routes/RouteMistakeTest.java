package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages for invalid route files. */
class RouteMistakeTest {
    private static final String STEPS = "- route:\n    id: a\n    from:\n      uri: direct:a\n      steps:\n";

    @TempDir
    Path directory;

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("hello\n", "it defines no route; a route file is a list"),
                Arguments.of("a: b\n", "it defines no route; a route file is a list"),
                Arguments.of("~\n", "it defines no route; a route file is a list"),
                Arguments.of("- hello\n", ":1:3: a route, routeTemplate, routeConfiguration or beans is expected"),
                Arguments.of("- rout:\n    id: a\n", ":1:3: 'rout' is not a step or part of a route"),
                Arguments.of("- route:\n    id: a\n   from: b\n", ":3:4: this is not YAML: "),
                Arguments.of("- route:\n\tid: a\n", ":2:1: this is not YAML: "),
                Arguments.of("- route:\n    id: \"a\n    from:\n", ":4:1: this is not YAML: "),
                Arguments.of(route("a", "x") + "---\n" + route("b", "x"), ":8:1: this is not YAML: "),
                Arguments.of("- route:\n    id: a\n", ":2:5: the route has no 'from:'"),
                Arguments.of("- route:\n    from:\n      steps: []\n", ":3:7: the 'uri:' is missing here"),
                Arguments.of("- route:\n    from:\n      urri: timer:x\n", ":3:7: 'urri' is not a field"),
                Arguments.of(
                        STEPS.replace("steps", "# by\n      step") + "        - log: x\n",
                        ":6:7: 'step' is not a field"),
                Arguments.of(STEPS, ":5:13: a list is expected here"),
                Arguments.of(STEPS + "        log: x\n", ":6:9: a list is expected here"),
                Arguments.of(STEPS + "        - logg: x\n", ":6:11: 'logg' is not a step"),
                Arguments.of(STEPS + "        - to: log:x\n        - to: nosuch:x\n", ":7:15: Camel has no component"),
                Arguments.of(
                        STEPS + "        - to: {uri: log:x, parameters: {shwAll: hunter2}}\n",
                        ":6:41: the parameter shwAll is unknown here"),
                Arguments.of(
                        STEPS.replace("direct:a", "timer:a")
                                + "        - to: {uri: log:x, parameters: {groupSize: hunter2}}\n",
                        ":6:52: the value of groupSize is invalid"),
                Arguments.of(
                        STEPS.replace("direct:a", "timer:a?period=often") + "        - log: x\n",
                        ":4:12: the value of period is invalid; it must be a duration"),
                Arguments.of(STEPS + "        - to: kamelet:nosuch-sink\n", ":6:15: there is no kamelet nosuch-sink"),
                Arguments.of(STEPS + "        - to: log:{{ no.key }}\n", ":6:15: {{no.key}} has no value"),
                Arguments.of(STEPS + "        - process: {ref: nosuch}\n", ":6:26: there is no bean nosuch"),
                Arguments.of("- beans:\n    - {name: x, type: dev.no.Klass}\n", "there is no class dev.no.Klass"),
                Arguments.of(route("a", "x") + route("a", "y"), ":9:9: the id a is used twice"),
                Arguments.of("- ".repeat(50_000) + "a\n", "it is nested too deeply"),
                Arguments.of("- route:\n    id: \"a\u0001\"\n", "control character"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsExplainedInOneSentenceWithTheLineAndTheReason(String text, String reason) throws Exception {
        try (WatchedRoutes routes = new WatchedRoutes(directory)) {
            routes.write("good.yaml", route("good", "yes"))
                    .write("bad.yaml", text)
                    .start();
            assertEquals(1, routes.reasons().size());
            String said = routes.reasons().get(0);
            assertTrue(said.startsWith(directory + "/bad.yaml"), said);
            assertTrue(said.contains(reason), said);
            assertTrue(said.matches(".*[.?]") && !said.contains("\n") && said.length() < 500, said);
            assertFalse(said.contains("hunter2") || said.contains("Exception"), said);
            assertEquals(1, routes.said(said), "in the log, once");
            assertEquals("yes", routes.answer("good"));
        }
    }
}
