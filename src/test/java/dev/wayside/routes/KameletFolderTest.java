package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed kamelet restarts the routes that use it, and no other. */
class KameletFolderTest {
    private static final String KAMELET =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: %s
            spec:
              definition:
                properties: {}
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - %s
            """;

    @TempDir
    Path folders;

    private Path kamelets;
    private WatchedRoutes routes;

    @BeforeEach
    void aKameletAndARouteThatUsesIt() throws IOException {
        kamelets = Files.createDirectory(folders.resolve("kamelets"));
        kamelet("say-action", say("first"));
        routes = new WatchedRoutes(Files.createDirectory(folders.resolve("routes")), kamelets);
        routes.context().getComponent("kamelet", KameletComponent.class).setLocation("file:" + kamelets + "/");
        routes.write("user.yaml", using("user", "say-action")).write("other.yaml", route("other", "yes"));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void aChangedKameletTakesEffectInTheRoutesThatUseItOnly() throws Exception {
        routes.start().awaitAnswer("user", "first");
        Object other = routes.context().getRoute("other");
        kamelet("say-action", say("second"));
        routes.awaitAnswer("user", "second");
        assertEquals(other, routes.context().getRoute("other"), "not restarted");
        assertEquals(1, routes.said("say-action.kamelet.yaml was loaded; restarted user.yaml"));
    }

    @Test
    void aChangedKameletTakesEffectThroughAnotherKamelet() throws Exception {
        kamelet("outer-action", "to: kamelet:say-action");
        routes.write("user.yaml", using("user", "outer-action")).start().awaitAnswer("user", "first");
        kamelet("say-action", say("second"));
        routes.awaitAnswer("user", "second");
    }

    @Test
    void anInvalidChangeIsRefusedAndTheFormerKameletStays() throws Exception {
        routes.start().awaitAnswer("user", "first");
        kamelet("say-action", "setBoddy: {constant: x}");
        routes.awaitReason(
                "say-action.kamelet.yaml:12:11: 'setBoddy' is not a step or part of a route that Camel knows.");
        assertEquals("first", routes.answer("user"));
        assertEquals(1, routes.said("The routes that use it keep running as before."));
        routes.write("user.yaml", using("user", "say-action") + "        - setHeader: {name: x, constant: y}\n");
        kamelet("say-action", say("second"));
        routes.awaitAnswer("user", "second");
        routes.awaitNoReason();
    }

    @Test
    void aKameletThatDoesNotStartIsTakenBack() throws Exception {
        routes.start().awaitAnswer("user", "first");
        kamelet("say-action", "to: seda:x?size=1&waitForTaskToComplete=#nosuchbean");
        routes.awaitReason("say-action.kamelet.yaml");
        routes.awaitAnswer("user", "first");
    }

    @Test
    void aRouteThatWaitedForAKameletStartsWhenItIsThere() throws Exception {
        routes.write("late.yaml", using("late", "late-action")).start();
        routes.awaitReason(": there is no kamelet late-action");
        kamelet("late-action", say("here"));
        routes.awaitAnswer("late", "here");
        routes.awaitNoReason();
    }

    @Test
    void kameletsInACircleAreNamed() throws Exception {
        kamelet("one-action", "to: kamelet:two-action");
        kamelet("two-action", "to: kamelet:one-action");
        routes.write("circle.yaml", using("circle", "one-action")).start();
        routes.awaitReason("kamelets use each other in a circle: one-action uses two-action uses one-action.");
        assertEquals("yes", routes.answer("other"));
    }

    @Test
    void aDeletedKameletIsReportedWhileARouteUsesIt() throws Exception {
        kamelet("unused-action", say("x"));
        routes.start().awaitAnswer("user", "first");
        Files.delete(kamelets.resolve("say-action.kamelet.yaml"));
        routes.awaitReason("say-action.kamelet.yaml was deleted, but is used by user.yaml");
        assertEquals("first", routes.answer("user"));
        kamelet("say-action", say("again"));
        routes.awaitAnswer("user", "again");
        routes.awaitNoReason();
    }

    @Test
    void aKameletThatRunsProgramsIsRefusedAndItsRouteToo() throws Exception {
        kamelet("run-action", "toD: 'exec:${body}'");
        routes.write("run.yaml", using("run", "run-action")).start();
        routes.awaitReason("run-action.kamelet.yaml:12:16: the component exec can run programs or scripts");
        assertEquals(1, routes.said("The routes that use it are refused."));
        routes.awaitReason("run.yaml: the kamelet run-action is refused, because it can run programs or scripts.");
        assertNull(routes.context().getRoute("run"));
        assertEquals("yes", routes.answer("other"));
    }

    @Test
    void aChangedKameletTakesEffectInAStepThatOnlyNamesIt() throws Exception {
        String step = route("user", "x") + "        - kamelet: {name: say-action}\n";
        routes.write("user.yaml", step).start().awaitAnswer("user", "first");
        int before = routes.context().getRoutes().size();
        kamelet("say-action", say("second"));
        routes.awaitAnswer("user", "second");
        assertEquals(before, routes.context().getRoutes().size());
    }

    @Test
    void theRouteOfAKameletEndsWithTheLastStepThatUsesIt() throws Exception {
        Files.writeString(
                kamelets.resolve("say-action.kamelet.yaml"),
                KAMELET.formatted("say-action", say("first")).replace("{}", "{n: {type: integer}}"));
        String step = route("user", "x") + "        - kamelet: {name: say-action, parameters: {n: %d}}\n";
        routes.write("user.yaml", step.formatted(0)).start().awaitAnswer("user", "first");
        int before = routes.context().getRoutes().size();
        for (int n = 1; n <= 3; n++) {
            routes.write("user.yaml", step.formatted(n)).awaitSaid("user.yaml was loaded", n);
            assertEquals("first", routes.answer("user"));
            assertEquals(before, routes.context().getRoutes().size());
        }
        Files.delete(folders.resolve("routes/user.yaml"));
        routes.awaitGone("user");
        assertEquals(1, routes.context().getRoutes().size(), "other alone");
    }

    @Test
    void theRouteOfAKameletStaysWhileAnotherFileUsesIt() throws Exception {
        routes.write("step.yaml", route("step", "x") + "        - kamelet: {name: say-action}\n")
                .start();
        assertEquals("first", routes.answer("step"));
        routes.write("user.yaml", route("user", "gone")).awaitAnswer("user", "gone");
        assertEquals("first", routes.answer("step"));
        Files.delete(folders.resolve("routes/step.yaml"));
        routes.awaitGone("step");
        assertEquals(2, routes.context().getRoutes().size(), "user and other");
    }

    @Test
    void aNameInATextOrACommentIsNoUse() throws Exception {
        kamelet("other", say("first"));
        routes.write("other.yaml", "# other\n" + route("other", "other"))
                .start()
                .awaitAnswer("other", "other");
        Object running = routes.context().getRoute("other");
        kamelet("other", say("second"));
        routes.awaitSaid("other.kamelet.yaml was loaded", 1);
        assertEquals(running, routes.context().getRoute("other"), "not restarted");
    }

    @Test
    void aRefusedKameletRefusesNoFileThatOnlyHasItsName() throws Exception {
        kamelet("other", "toD: 'exec:${body}'");
        kamelet("outer-action", "to: kamelet:other");
        routes.write("runs.yaml", using("runs", "outer-action")).start();
        routes.awaitReason("runs.yaml: the kamelet other is refused, because it can run programs or scripts.");
        assertEquals("yes", routes.answer("other"));
    }

    private static String using(String id, String kamelet) {
        return route(id, "")
                .replace("setBody:", "to:")
                .replace("    constant: \"\"", "    uri: kamelet:" + kamelet)
                .replace("- to:\n                uri: ", "- to: ");
    }

    private static String say(String words) {
        return "setBody: {constant: " + words + "}";
    }

    private void kamelet(String name, String step) throws IOException {
        Files.writeString(kamelets.resolve(name + ".kamelet.yaml"), KAMELET.formatted(name, step));
    }
}
