package dev.wayside.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds routes, and as far as brevity allows those that the docs show, to the manners of Camel's own catalogs; see docs/architecture.md. */
class RouteMannersTest {
    private static final Set<String> STEPS_WITHOUT_NAMES = Set.of("setHeader", "setBody", "setProperty");

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#routes")
    void aRouteKeepsToCamelsSchema(Path file) throws IOException {
        assertEquals(List.of(), YamlFiles.faults(YamlFiles.read(file)), file::toString);
    }

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#ownRoutes")
    void aRouteIsNamedAfterItsFileAndSaysWhatItDoes(Path file) throws IOException {
        JsonNode root = YamlFiles.read(file);
        // The beans that the route's steps are, if any, stand before it.
        int first = root.get(0).has("beans") ? 1 : 0;
        assertEquals(first + 1, root.size(), file + " must hold one route");
        String kind = root.get(first).fieldNames().next();
        JsonNode route = root.get(first).get(kind);
        assertTrue(route.path("description").asText().length() > 20, file + ": the route has no description");
        Set<String> ids = new HashSet<>();
        if (kind.equals("routeConfiguration")) {
            // It holds for all routes only when it has no name; its parts have theirs.
            assertSteps(file, route.get("onException"), ids);
            return;
        }
        assertTrue(Set.of("route", "routeTemplate").contains(kind), file + " holds a " + kind);
        assertEquals(YamlFiles.stem(file, ".yaml"), route.path("id").asText());
        JsonNode from = route.get("from");
        assertNamed(file, "from", from, ids);
        assertSteps(file, from.get("steps"), ids);
    }

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#routes")
    void aRouteUsesEachBeanItDeclares(Path file) throws IOException {
        JsonNode root = YamlFiles.read(file);
        List<String> references = root.findValuesAsText("ref");
        for (JsonNode beans : root.findValues("beans")) {
            for (JsonNode bean : beans) {
                String name = bean.path("name").asText();
                assertTrue(references.contains(name) || references.contains("{{" + name + "}}"), file + ": " + name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#routes")
    void aRouteHasParametersRatherThanQueryStrings(Path file) throws IOException {
        for (JsonNode uri : YamlFiles.read(file).findValues("uri")) {
            assertFalse(uri.asText().contains("?"), file + ": " + uri.asText());
        }
    }

    /** Camel refuses the second of two steps of one id, in whatever routes they are. */
    @Test
    void noTwoStepsHaveOneId() throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path file : YamlFiles.routes().toList()) {
            for (String id : YamlFiles.read(file).findValuesAsText("id")) {
                assertTrue(ids.add(id), file + ": " + id);
            }
        }
    }

    private static void assertSteps(Path file, JsonNode steps, Set<String> ids) {
        for (JsonNode step : steps) {
            String kind = step.fieldNames().next();
            JsonNode body = step.get(kind);
            if (!STEPS_WITHOUT_NAMES.contains(kind)) {
                assertNamed(file, kind, body, ids);
            }
            assertSteps(file, body.path("steps"), ids);
            // What stands in these is no step itself, but has steps.
            for (String clauses : List.of("doCatch", "when")) {
                for (JsonNode clause : body.path(clauses)) {
                    assertNamed(file, clauses, clause, ids);
                    assertSteps(file, clause.path("steps"), ids);
                }
            }
            for (String clause : List.of("doFinally", "otherwise")) {
                if (body.has(clause)) {
                    assertNamed(file, clause, body.get(clause), ids);
                    assertSteps(file, body.get(clause).path("steps"), ids);
                }
            }
        }
    }

    private static void assertNamed(Path file, String kind, JsonNode step, Set<String> ids) {
        String id = step.path("id").asText();
        assertFalse(id.isEmpty(), file + ": a step '" + kind + "' has no id");
        assertTrue(ids.add(id), file + ": the id " + id + " stands twice");
        assertFalse(step.path("description").asText().isEmpty(), file + ": " + id + " has no description");
    }
}
