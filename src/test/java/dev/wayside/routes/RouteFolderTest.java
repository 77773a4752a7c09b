package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.Causes;
import dev.wayside.failure.InvalidInputException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the routes folder are independent of each other, at the start and while everything runs. */
class RouteFolderTest {
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
    void hiddenFilesAndEditorsBackupsAreIgnored() throws Exception {
        byte[] resourceFork = {0, 5, 22, 7, 0, 2, 0, 0, (byte) 0xa3};
        for (String name : List.of("._good.yaml", ".#good.yaml", "#good.yaml#", "good.yaml~", "~$good.yaml")) {
            routes.write(name, resourceFork);
        }
        routes.write(".good.yaml.swp", "x").write("good.yaml.bak", "x").write("README.md", "x");
        routes.start().awaitAnswer("good", "yes");
        assertEquals(List.of(), routes.reasons());
    }

    @Test
    void windowsTextAndAllYamlExtensionsAreAccepted() throws Exception {
        routes.write("bom.yml", "\uFEFF" + route("bom", "S\u00fcd").replace("\n", "\r\n"))
                .write("Two.Dots, comma #1.YAML", route("dots", "yes"));
        routes.start();
        assertEquals("S\u00fcd", routes.answer("bom"));
        assertEquals("yes", routes.answer("dots"));
        assertEquals(List.of(), routes.reasons());
    }

    @Test
    void anUnreadableFileIsReportedAndTheOthersRun() throws Exception {
        String text = route("other", "S\u00fcd");
        routes.write("windows.yaml", text.getBytes(Charset.forName("windows-1252")))
                .write("wide.yaml", text.getBytes(StandardCharsets.UTF_16))
                .write("empty.yaml", "");
        Files.createDirectory(directory.resolve("folder.yaml"));
        Files.createSymbolicLink(directory.resolve("link.yaml"), directory.resolve("nowhere"));
        routes.start();
        assertEquals("yes", routes.answer("good"));
        assertReason("windows.yaml, line 7: this is not UTF-8 but looks like Windows-1252");
        assertReason("wide.yaml, line 1: this is UTF-16BE, not UTF-8. Save the file in UTF-8.");
        assertReason("empty.yaml is empty.");
        assertReason("folder.yaml is a folder; it must be a text file.");
        assertReason("link.yaml cannot be read: it was deleted, or is a broken link.");
    }

    @Test
    void aFileThatIsCommentedOutIsNotReported() throws Exception {
        routes.write("off.yaml", route("off", "no").replaceAll("(?m)^", "# "));
        routes.start();
        assertEquals(List.of(), routes.reasons());
        routes.write("good.yaml", route("good", "yes").replaceAll("(?m)^", "# "));
        routes.awaitGone("good");
    }

    @Test
    void anIdOfAnotherFileIsRefusedAndTheOriginalStays() throws Exception {
        routes.write("a copy of good.yaml", route("good", "copied"));
        routes.start();
        assertEquals("yes", routes.answer("good"));
        assertReason("a copy of good.yaml:2:9: the route id good is already used by a route in good.yaml");
        routes.write("good.yaml", route("good", "edited")).awaitAnswer("good", "edited");
        routes.write("good.yaml", route("good", "yes")).awaitAnswer("good", "yes");
        routes.write("another.yaml", route("good", "taken")).awaitReason("another.yaml:2:9: the route id good");
        assertEquals("yes", routes.answer("good"));
    }

    @Test
    void withoutAValidFileTheStartFailsWithAllReasons() throws Exception {
        routes.write("good.yaml", "- route:\n    from:\n      urri: timer:x\n").write("empty.yaml", "");
        String message =
                assertThrows(InvalidInputException.class, routes::start).getMessage();
        assertTrue(message.contains(directory + "/good.yaml:3:7: 'urri' is not a field"), message);
        assertTrue(message.contains("empty.yaml is empty."), message);
    }

    @Test
    void aFolderThatHasNoFileAnyMoreIsSaidAndItsRoutesRunOn() throws Exception {
        routes.start();
        Files.delete(directory.resolve("good.yaml"));
        routes.awaitReason("has no route file any more; its previous routes keep running.");
        assertEquals("yes", routes.answer("good"));
        routes.moveIn("good.yaml", route("good", "again"));
        routes.awaitAnswer("good", "again");
        routes.awaitNoReason();
    }

    @Test
    void anEmptyFileSavedWhileRunningStopsNothingAndLaterFilesAreLoaded() throws Exception {
        routes.start().write("x.yaml", "").awaitReason("x.yaml is empty.");
        routes.moveIn("later.yaml", route("later", "yes"));
        routes.awaitAnswer("later", "yes");
        routes.write("good.yaml", route("good", "changed")).awaitAnswer("good", "changed");
        assertEquals(1, routes.said("x.yaml is empty."), "once");
        routes.write("x.yaml", route("x", "mended")).awaitAnswer("x", "mended");
        routes.awaitNoReason();
    }

    @Test
    void anInvalidChangeIsReportedOncePerSaveAndThePreviousRoutesContinue() throws Exception {
        routes.start();
        for (String bad :
                List.of("- rout: {}\n", route("good", "x") + "        - to: nosuch:x\n", "- route:\n  - \"\n")) {
            routes.write("good.yaml", bad).awaitReason("good.yaml:");
            String reason = routes.reasons().get(0);
            routes.awaitAnswer("good", "yes");
            assertEquals(1, routes.said(reason), reason);
            assertEquals(1, routes.said(reason + " Its previous routes keep running."), reason);
            routes.write("good.yaml", route("good", "yes")).awaitNoReason();
            routes.awaitAnswer("good", "yes");
        }
    }

    @Test
    void routesThatAFileNoLongerDefinesAreRemoved() throws Exception {
        routes.write("two.yaml", route("one", "1") + route("two", "2")).start();
        routes.write("two.yaml", route("two", "3")).awaitGone("one");
        routes.awaitAnswer("two", "3");
        Files.delete(directory.resolve("two.yaml"));
        routes.awaitGone("two");
        assertEquals("yes", routes.answer("good"));
    }

    @Test
    void aFileCanBeRenamed() throws Exception {
        routes.start();
        Files.move(directory.resolve("good.yaml"), directory.resolve("renamed.yaml"));
        routes.awaitSource("good", "renamed.yaml");
        routes.awaitAnswer("good", "yes");
        assertEquals(List.of(), routes.reasons());
    }

    @Test
    void routesContinueIfTheFolderIsTemporarilyMissing() throws Exception {
        routes.start();
        Path away = directory.resolveSibling(directory.getFileName() + "-away");
        Files.move(directory, away);
        Files.createDirectory(directory);
        routes.write("x.txt", "no route");
        Files.move(away.resolve("good.yaml"), directory.resolve("good.yaml"));
        Files.delete(away);
        routes.write("new.yaml", route("new", "yes")).awaitAnswer("new", "yes");
        assertEquals("yes", routes.answer("good"));
    }

    @Test
    void aCorrectedFileHasItsBeans() throws Exception {
        String bean = "- beans:\n    - name: words\n      type: java.util.Locale\n      constructors: {0: '%s'}\n";
        String route = route("beans", "").replace("constant: \"\"", "simple: \"${bean:words?method=toString}\"");
        routes.start()
                .write("beans.yaml", bean.formatted("first") + "- rout: {}\n")
                .awaitReason("'rout'");
        routes.write("beans.yaml", bean.formatted("second") + route).awaitAnswer("beans", "second");
    }

    @Test
    void aRouteThatFailsLeavesNoKameletRoutesBehind() throws Exception {
        String kamelets = "file:" + Path.of("kamelets").toAbsolutePath();
        routes.context()
                .getComponent("kamelet", org.apache.camel.component.kamelet.KameletComponent.class)
                .setLocation(kamelets);
        String route = route("mine", "yes") + "        - to: kamelet:wayside-flatten-action\n";
        routes.start().write("mine.yaml", route + "        - to: kamelet:nosuch-sink\n");
        routes.awaitReason("mine.yaml:9:15: there is no kamelet nosuch-sink");
        assertEquals(1, routes.context().getRoutes().size(), "good alone");
        routes.write("mine.yaml", route.replace("wayside-flatten-action", "wayside-reject-action"));
        routes.awaitNoReason();
        assertNotNull(routes.context().getRoute("mine"));
    }

    @Test
    void aConfigurationAppliesToTheRoutesOfAllFilesInAnyOrder() throws Exception {
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
                            - setBody: {constant: "handled"}
                """;
        routes.write("fails.yaml", failing).write("the last of all files.yaml", configuration);
        routes.start();
        assertEquals("handled", routes.answer("fails"));
        routes.write("later.yaml", failing.replace("fails", "later")).awaitAnswer("later", "handled");
        routes.write("the last of all files.yaml", configuration.replaceFirst("onException", "onExceptions"))
                .awaitReason(":2:5: 'onExceptions' is not a field");
        routes.write("later.yaml", failing.replace("fails", "again")).awaitAnswer("again", "handled");
    }

    @Test
    void routesOfATemplateChangeWithIt() throws Exception {
        routes.close();
        String template =
                """
                - routeTemplate:
                    id: t
                    parameters:
                      - name: who
                    from:
                      uri: direct:{{who}}
                      steps:
                        - setBody:
                            constant: "first {{ who }}"
                """;
        routes = new WatchedRoutes(directory, new TemplatedRoute("a", "t", Map.of("who", "a")));
        routes.start();
        assertReason("No file in " + directory + " defines the template of a.");
        routes.write("t.yaml", template.replace("{{ who }}", "{{who}}")).awaitAnswer("a", "first a");
        routes.write("t.yaml", template.replace("first {{ who }}", "second {{who}}"))
                .awaitAnswer("a", "second a");
        routes.awaitNoReason();
        routes.write("t.yaml", template.replace("setBody", "setBoddy")).awaitReason("t.yaml:8:11: ");
        assertEquals("second a", routes.answer("a"));
        assertNull(routes.answer("b"));
    }

    @Test
    void aRouteWithoutItsReceiverIsReportedAtOnce() throws Exception {
        routes.write("sends.yaml", route("sends", "x") + "        - to: direct:later\n")
                .start();
        assertReason("No route begins with direct:later, to which sends sends its messages; the file " + directory
                + "/later.yaml is missing.");
        routes.write("later.yaml", route("later", "yes")).awaitNoReason();
        Files.delete(directory.resolve("later.yaml"));
        routes.awaitReason("No route begins with direct:later");
    }

    @Test
    void componentsAndLanguagesThatRunProgramsAreRefusedAtTheStartAndWhileRunning() throws Exception {
        String step = route("runs", "x") + "        - ";
        routes.write("static.yaml", step.replace("runs", "a") + "to: exec:ls\n")
                .write("computed.yaml", step.replace("runs", "b") + "toD: 'exec:${body}'\n")
                .write("language.yaml", step.replace("runs", "c") + "setBody: {groovy: '1'}\n")
                .start();
        assertReason("static.yaml:8:15: the component exec can run programs or scripts; to allow it");
        assertReason("computed.yaml:8:16: the component exec can run programs");
        assertReason("language.yaml:8:21: the language groovy can run programs");
        routes.write("good.yaml", step + "recipientList: {constant: 'log:x,docker:y'}\n")
                .awaitReason("good.yaml:8:37: the component docker can run programs");
        assertEquals("yes", routes.answer("good"));
        // The name of the component comes with the message.
        routes.write("sends.yaml", route("sends", "ssh") + "        - toD: '${body}:x'\n")
                .awaitSource("sends", "sends.yaml");
        Exception refused = assertThrows(CamelExecutionException.class, () -> routes.answer("sends"));
        String root = Causes.root(refused).getMessage();
        assertTrue(root.contains("the component ssh can run programs"), root);
    }

    private void assertReason(String part) {
        assertTrue(
                routes.reasons().stream().anyMatch(reason -> reason.contains(part)),
                () -> part + " in " + String.join("\n", routes.reasons()));
    }
}
