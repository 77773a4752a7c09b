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

/** Checks that our routes, and by fewer rules those in the docs, follow Camel's conventions; see docs/architecture.md. */
class RouteStyleTest {
    private static final Set<String> STEPS_WITHOUT_NAMES = Set.of("setHeader", "setBody", "setProperty");

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#routes")
    void aRouteFollowsCamelsSchema(Path file) throws IOException {
        assertEquals(List.of(), YamlFiles.violations(YamlFiles.read(file)), file::toString);
    }

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#ownRoutes")
    void aRouteIsNamedAfterItsFileAndHasADescription(Path file) throws IOException {
        JsonNode root = YamlFiles.read(file);
        // The beans of the route's steps, if any, come first.
        int first = root.get(0).has("beans") ? 1 : 0;
        assertEquals(first + 1, root.size(), file + " must hold one route");
        String kind = root.get(first).fieldNames().next();
        JsonNode route = root.get(first).get(kind);
        assertTrue(route.path("description").asText().length() > 20, file + ": the route has no description");
        Set<String> ids = new HashSet<>();
        if (kind.equals("routeConfiguration")) {
            // It applies to all routes only if it has no id; its parts have ids.
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
    void aRoutePassesParametersInsteadOfQueryStrings(Path file) throws IOException {
        for (JsonNode uri : YamlFiles.read(file).findValues("uri")) {
            assertFalse(uri.asText().contains("?"), file + ": " + uri.asText());
        }
    }

    /** Camel rejects a second step with the same id, even in another route. */
    @Test
    void noTwoStepsHaveTheSameId() throws IOException {
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
            // Their entries are not steps, but contain steps.
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
        assertTrue(ids.add(id), file + ": the id " + id + " is used twice");
        assertFalse(step.path("description").asText().isEmpty(), file + ": " + id + " has no description");
    }
}
