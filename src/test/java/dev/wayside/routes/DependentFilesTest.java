package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose routes need something of each other: an id that moves, a bean, a template, a configuration. */
class DependentFilesTest {
    private static final String TEMPLATE =
            """
            - routeTemplate:
                id: t
                parameters:
                  - name: who
                from:
                  uri: direct:{{who}}
                  steps:
                    - setBody:
                        constant: "%s"
            """;

    @TempDir
    Path directory;

    private WatchedRoutes routes;

    @BeforeEach
    void aGoodFile() throws Exception {
        routes = new WatchedRoutes(directory).write("good.yaml", route("good", "yes"));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void aRouteCanMoveToAnotherFileThatIsSavedBefore() throws Exception {
        routes.write("zz.yaml", route("x", "old") + route("y", "yes")).start();
        routes.write("a.yaml", route("x", "new")).awaitReason("a.yaml:2:9: the route id x is already used");
        assertEquals("old", routes.answer("x"));
        routes.write("zz.yaml", route("y", "yes")).awaitAnswer("x", "new");
        routes.awaitNoReason();
    }

    @Test
    void aRouteCanMoveToAnotherFileThatIsSavedTogether() throws Exception {
        routes.write("zz.yaml", route("x", "old") + route("y", "yes")).start();
        routes.write("a.yaml", route("x", "new"));
        routes.write("zz.yaml", route("y", "yes")).awaitAnswer("x", "new");
        routes.awaitNoReason();
        assertEquals(0, routes.said("already used"), "it was never a mistake");
    }

    @Test
    void aRefusedCopyRunsWhenItsOriginalIsDeleted() throws Exception {
        routes.write("good (copy).yaml", route("good", "copied")).start();
        routes.awaitReason("good (copy).yaml:2:9: the route id good");
        routes.awaitHandled();
        routes.awaitHandled();
        assertEquals(1, routes.said("the route id good"), "once, however often other files are saved");
        Files.delete(directory.resolve("good.yaml"));
        routes.awaitAnswer("good", "copied");
        routes.awaitNoReason();
    }

    @Test
    void aFileWaitsForABeanOfALaterFile() throws Exception {
        routes.start().write("db.yaml", Pool.using("db")).awaitReason("there is no bean pool");
        routes.write("pools.yaml", Pool.declared("here")).awaitAnswer("db", "here");
        routes.awaitNoReason();
    }

    @Test
    void beansOfFilesThatAreReadLaterAreFoundAtTheStart() throws Exception {
        String pool = Pool.declared("").replace("words: \"\"", "like: \"#bean:other\"");
        routes.write("db.yaml", pool + Pool.using("db"));
        routes.write("later.yaml", Pool.declared("late").replace("name: pool", "name: other"));
        routes.start().awaitAnswer("db", "late");
        assertEquals(0, routes.reasons().size(), () -> routes.reasons().toString());
    }

    @Test
    void aRefusedEditLeavesTheBeansOfTheRoutesThatKeepRunning() throws Exception {
        String valid = Pool.declared("open") + Pool.using("db");
        routes.write("db.yaml", valid).write("zz-good.yaml", route("zz", "yes")).start();
        routes.write("db.yaml", valid + route("zz", "taken")).awaitReason("db.yaml:15:9: the route id zz");
        assertEquals("open", routes.answer("db"));
        // Only Camel finds this, once the beans of the new text exist.
        routes.write("db.yaml", valid + "- beans: [{name: z, type: java.net.URI, constructors: {0: ':'}}]\n")
                .awaitReason("db.yaml");
        assertEquals("open", routes.answer("db"));
        assertEquals("yes", routes.answer("zz"));
    }

    @Test
    void anEditedBeanReachesTheRoutesOfOtherFiles() throws Exception {
        String indirect = "- beans: [{name: second, type: java.util.ArrayList, constructors: {}}]\n";
        routes.write("pools.yaml", Pool.declared("first")).write("use.yaml", Pool.using("db") + indirect);
        routes.write("far.yaml", route("far", "second")).start();
        routes.awaitAnswer("db", "first");
        Object far = routes.context().getRoute("far");
        Object good = routes.context().getRoute("good");
        routes.write("pools.yaml", Pool.declared("second")).awaitAnswer("db", "second");
        assertEquals(good, routes.context().getRoute("good"), "not restarted");
        assertEquals(1, routes.said("pools.yaml was loaded; restarted use.yaml, far.yaml"), "through use.yaml");
        assertEquals("second", routes.answer("far"));
        assertEquals(false, far.equals(routes.context().getRoute("far")));
    }

    @Test
    void aChangedSettingReachesTheUsersOfABean() throws Exception {
        routes.set("pool.words", "first").write("pools.yaml", Pool.declared("{{pool.words}}"));
        routes.write("use.yaml", Pool.using("db")).start().awaitAnswer("db", "first");
        routes.change("pool.words", "second");
        assertEquals("second", routes.answer("db"));
    }

    @Test
    void anEditedTemplateReachesTheRoutesOfOtherFiles() throws Exception {
        routes.write("t.yaml", TEMPLATE.formatted("first"));
        routes.write(
                "use.yaml",
                "- templatedRoute: {routeTemplateRef: t, routeId: a, parameters: [{name: who, value: a}]}\n");
        routes.start().awaitAnswer("a", "first");
        routes.write("t.yaml", TEMPLATE.formatted("second")).awaitAnswer("a", "second");
        routes.awaitNoReason();
    }

    @Test
    void anEditedConfigurationReachesAllRoutesAndACommentNone() throws Exception {
        String failing = route("fails", "")
                .replace("- setBody:", "- throwException:")
                .replace("constant: \"\"", "{exceptionType: java.lang.IllegalStateException, message: away}");
        String configuration =
                """
                - routeConfiguration:
                    onException:
                      - onException:
                          exception: [java.lang.Exception]
                          handled: {constant: "true"}
                          steps:
                            - setBody: {constant: "first"}
                """;
        routes.write("fails.yaml", failing)
                .write("failures.yaml", configuration)
                .start();
        routes.awaitAnswer("fails", "first");
        routes.write("failures.yaml", configuration.replace("first", "second")).awaitAnswer("fails", "second");
        Object good = routes.context().getRoute("good");
        routes.write("failures.yaml", "# A comment\n" + configuration.replace("first", "second"));
        routes.awaitHandled();
        assertEquals(good, routes.context().getRoute("good"), "not restarted");
        Files.delete(directory.resolve("failures.yaml"));
        routes.awaitSaid("failures.yaml was deleted", 1);
        assertEquals("gone", answerOrGone("fails"));
        assertNull(routes.context().getRoute("nosuch"));
    }

    private String answerOrGone(String id) {
        try {
            return routes.answer(id);
        } catch (org.apache.camel.CamelExecutionException e) {
            return "gone";
        }
    }
}
