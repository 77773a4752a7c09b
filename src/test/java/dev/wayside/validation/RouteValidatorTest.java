package dev.wayside.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteValidatorTest {
    private static final String ROUTE =
            """
            - route:
                id: a
                from:
                  uri: timer:a
                  steps:
            """;
    private static final String KAMELET =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: %s
            spec:
              definition:
                required: [size]
                properties:
                  size: {type: integer}
                  mode: {type: string, enum: [fast, slow], default: fast}
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - to: %s
            """;

    @TempDir
    Path directory;

    private Path routes;
    private Path kamelets;

    @BeforeEach
    void folders() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        kamelets = Files.createDirectory(directory.resolve("kamelets"));
        kamelet("one-sink", "log:x");
    }

    static List<Arguments> mistakes() {
        return List.of(
                step("to: logg:x", "6:15: Camel has no component 'logg'. Did you mean log?"),
                step("to: kafka:x", "6:15: the component kafka is not installed; it is in camel-kafka, which"),
                step(
                        "to: {uri: log:x, parameters: {shwAll: true}}",
                        "6:41: the parameter shwAll is unknown here. Did you mean showAll?"),
                step("to: log:x?shwAll=true", "6:15: the parameter shwAll is unknown here. Did you mean showAll?"),
                step("to: {uri: log:x, parameters: {showAll: perhaps}}", "6:50: the value of showAll is invalid; it"),
                step("to: {uri: log, parameters: {showAll: true}}", "6:21: the component log also needs loggerName."),
                step(
                        "to: journal:accept?bachSize=1",
                        "6:15: the parameter bachSize is unknown here. Did you mean batch"),
                step("to: kamelet:one-sinc", "6:15: there is no kamelet one-sinc, neither in the folder kamelets.path"),
                step("to: kamelet:one-sinc", "Did you mean one-sink?"),
                step("to: kamelet:one-sink", "6:15: the kamelet one-sink also needs size."),
                step("kamelet: one-sinc", "6:20: there is no kamelet one-sinc"),
                step(
                        "to: {uri: kamelet:one-sink, parameters: {size: 1, mod: fast}}",
                        "6:61: the kamelet one-sink has no property mod. Did you mean mode?"),
                step(
                        "to: {uri: kamelet:one-sink, parameters: {size: many}}",
                        "6:58: the value of size is invalid; it must be a whole number."),
                step(
                        "to: {uri: kamelet:one-sink, parameters: {size: 1, mode: fats}}",
                        "6:67: the value of mode is invalid; it must be fast or slow."),
                step("process: {ref: jurnal}", "6:26: there is no bean jurnal. Did you mean journal?"),
                step("to: {uri: log:x, parameters: {exchangeFormatter: '#nosuch'}}", "6:60: there is no bean nosuch."),
                step("log: '{{watch.wrods}}'", "6:16: {{watch.wrods}} has no value; set it in wayside.properties"),
                step("log: '{{watch.wrods}}'", "Did you mean watch.words?"),
                step("setBody: {cnstant: x}", "6:21: 'cnstant' is not a field that Camel knows here. Did you mean con"),
                step(
                        "setBody: {jsonpath: $.x}",
                        "6:21: the language jsonpath is not installed; it is in camel-jsonpath"),
                step("marshal: {csv: {}}", "6:21: the data format csv is not installed; it is in camel-csv, which"),
                step("stop: {}\n          log: x", "7:11: 'log' stands beside another step; begin it with '- '"),
                step("split: {simple: '${body}', streaming: maybe}", "6:49: this value is not valid; it must be true"),
                step("exec: x", "'exec' is not a step"),
                step("to: exec:ls", "6:15: the component exec can run programs or scripts; to allow it, add it to the"),
                step("toD: 'exec:${body}'", "6:16: the component exec can run programs"),
                step("enrich: {constant: 'docker:x'}", "the component docker can run programs"),
                step("pollEnrich: {simple: 'ssh:${body}'}", "the component ssh can run programs"),
                step("recipientList: {constant: 'log:x,exec:ls'}", "the component exec can run programs"),
                step("setBody: {groovy: '1'}", "6:21: the language groovy can run programs or scripts"),
                step(
                        "setBody: {language: {language: python, expression: '1'}}",
                        "the language python can run programs"),
                step("to: language:groovy:x", "the component language can run programs"),
                step("recipientList: {constant: 'log:x;exec:ls', delimiter: ';'}", "the component exec can run"),
                step("routingSlip: {simple: 'log:x|ssh:y', uri-delimiter: '|'}", "the component ssh can run"),
                step("saga: {compensation: {uri: 'exec:x'}, steps: []}", "6:38: the component exec can run programs"),
                step("saga: {completion: 'nosuch:x', steps: []}", "6:30: Camel has no component 'nosuch'"),
                step("poll: log:x", "6:17: the component log can only be sent to; no message can be polled from it."),
                step("set-body: {constant: x}", "6:11: 'set-body' is not a step or part of a route that Camel knows"),
                step("to: {uri: log:x, parameters: {marker: '#bean:nosuch'}}", "6:49: there is no bean nosuch."),
                step("to: {uri: log:x, parameters: {groupSize: often}}", "6:52: the value of groupSize is invalid"),
                Arguments.of(
                        "- errorHandler: {deadLetterChannel: {dead-letter-uri: 'exec:x'}}\n",
                        "1:55: the component exec can run programs"),
                Arguments.of(
                        "- errorHandler: {deadLetterChannel: {deadLetterUri: 'nosuch:x'}}\n",
                        "1:53: Camel has no component 'nosuch'"),
                Arguments.of(
                        "- interceptSendToEndpoint: {uri: 'log:*', afterUri: 'exec:x', steps: []}\n",
                        "1:53: the component exec can run programs"),
                step(
                        "doTry: {steps: [], doCatch: [{exception: [java.lang.NoSuch], steps: []}]}",
                        "there is no class java.lang.NoSuch."),
                Arguments.of(
                        ROUTE.replace("timer:a", "timer:a?period=often") + "        - log: x\n",
                        "4:12: the value of period is invalid; it must be"
                                + " a duration, such as 500 (milliseconds), 5s or 2m."),
                Arguments.of(
                        ROUTE.replace("timer:a", "log:a") + "        - log: x\n", "can only be used in a step, not in"),
                Arguments.of(
                        "- beans:\n    - name: b\n      type: java.util.Date\n      properties: {tim: 1}\n",
                        "4:20: Date has no property tim. Did you mean time?"));
    }

    private static Arguments step(String step, String sentence) {
        return Arguments.of(ROUTE + "        - " + step + "\n", sentence);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsPlaceAndTheNearestName(String text, String sentence) throws IOException {
        Path file = Files.writeString(routes.resolve("a.yaml"), text);
        List<String> said = check(List.of(file));
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).contains(sentence), said::toString);
        assertTrue(
                said.stream().allMatch(each -> each.startsWith(file + ":") && each.matches(".*[.?]")), said::toString);
    }

    @Test
    void allMistakesOfAllFilesAreFoundInOneRun() throws IOException {
        Files.writeString(routes.resolve("a.yaml"), ROUTE + "        - to: nosuch:x\n        - logg: x\n");
        Files.writeString(routes.resolve("b.yaml"), "- rout: {}\n");
        Files.writeString(routes.resolve("c.yaml"), "- route:\n    \"\n");
        kamelet("two-sink", "nosuch:y");
        assertEquals(
                List.of("two-sink.kamelet.yaml:15:", "a.yaml:6:15", "a.yaml:7:11", "b.yaml:1:3", "c.yaml:3:1"),
                validator().check(validator().all()).stream()
                        .map(mistake -> mistake.file().getFileName() + ":" + mistake.line() + ":"
                                + (mistake.file().toString().contains("two-sink") ? "" : mistake.column()))
                        .collect(Collectors.toList()));
    }

    @Test
    void kameletsThatUseEachOtherAreNamed() throws IOException {
        kamelet("two-sink", "kamelet:three-sink?size=1");
        kamelet("three-sink", "kamelet:two-sink?size=1");
        Path file = Files.writeString(routes.resolve("a.yaml"), ROUTE + "        - to: kamelet:two-sink?size=1\n");
        assertEquals(
                List.of(file + ":6:15: kamelets use each other in a circle: two-sink uses three-sink uses two-sink."),
                check(List.of(file)));
    }

    @Test
    void manyWaysThroughKameletsAreNotAllFollowed() throws IOException {
        int most = 40;
        for (int i = 0; i < most; i++) {
            String next = "k" + (i + 1) + "-sink?size=1";
            kamelet("k" + i + "-sink", "kamelet:" + next + "\n        - to: kamelet:" + next);
        }
        kamelet("k" + most + "-sink", "log:x");
        Path file = Files.writeString(routes.resolve("a.yaml"), ROUTE + "        - to: kamelet:k0-sink?size=1\n");
        assertEquals(List.of(), assertTimeoutPreemptively(Duration.ofSeconds(60), () -> check(List.of(file))));
    }

    /** Before a file is loaded, only these are looked for. */
    @Test
    void programsAreFoundWhereverAUriIs() {
        LazyValidator validator = new LazyValidator(this::surroundings, new ProgramPolicy(List.of()));
        Path file = routes.resolve("a.yaml");
        assertEquals(
                List.of("the component exec can run programs or scripts; to allow it, add it to the setting"
                        + " routes.components and restart"),
                validator
                        .programsIn(
                                file,
                                "- errorHandler: {deadLetterChannel: {deadLetterUri: 'exec:ls'}}\n" + ROUTE
                                        + "        - to: nosuch:x\n")
                        .stream()
                        .map(Mistake::reason)
                        .toList());
    }

    @Test
    void anInvalidFileDoesNotHideWhatOthersOffer() throws IOException {
        Files.writeString(routes.resolve("b.yaml"), "- \"");
        Files.writeString(routes.resolve("beans.yaml"), "- beans:\n    - {name: mine, type: java.util.Date}\n");
        Path file = Files.writeString(routes.resolve("a.yaml"), ROUTE + "        - bean: {ref: mine}\n");
        assertEquals(List.of(), check(List.of(file)));
        Path edited = Files.createDirectory(directory.resolve("edited")).resolve("a.yaml");
        assertEquals(List.of(), check(List.of(Files.copy(file, edited))), "it is to replace the other a.yaml");
    }

    @Test
    void aKameletsOwnMistakesAreFound() throws IOException {
        Path file = kamelet("two-sink", "log:{{sise}}");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("required: [size]", "required: [sice]")
                        .replace("type: integer", "type: int")
                        .replace("name: two-sink", "name: other-sink")
                        .replace("kind:", "kint:"));
        String said = String.join("\n", check(List.of(file)));
        assertTrue(said.contains("'kint' is not a field of a kamelet. Did you mean kind?"), said);
        assertTrue(said.contains("the name of a kamelet must be that of its file, two-sink."), said);
        assertTrue(said.contains("the property sice is required but not defined. Did you mean size?"), said);
        assertTrue(said.contains("'int' is not a type of a property"), said);
        assertTrue(said.contains("{{sise}} has no value"), said);
    }

    @Test
    void whatASettingAllowsMayBeUsed() throws IOException {
        Path file = Files.writeString(routes.resolve("a.yaml"), ROUTE + "        - to: exec:ls\n");
        String said =
                new RouteValidator(surroundings("exec")).check(List.of(file)).toString();
        assertFalse(said.contains("can run programs"), said);
        assertTrue(said.contains("the component exec is not installed; it is in camel-exec"), said);
    }

    @Test
    void noSecretInAnOptionIsRepeated() throws IOException {
        Path file = Files.writeString(
                routes.resolve("a.yaml"), ROUTE + "        - to: log:x?groupSize=hunter2&pasword=hunter2\n");
        assertFalse(check(List.of(file)).toString().contains("hunter2"));
    }

    /** A name that Camel does not have would never be refused. */
    @Test
    void theRefusedComponentsAndLanguagesAreThoseOfCamelsCatalogAndOfThePage() throws IOException {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        assertTrue(catalog.findComponentNames().containsAll(ProgramPolicy.COMPONENTS));
        assertTrue(catalog.findLanguageNames().containsAll(ProgramPolicy.LANGUAGES));
        String page = Files.readString(Path.of("docs/adding-a-sink.md"));
        Stream.concat(ProgramPolicy.COMPONENTS.stream(), ProgramPolicy.LANGUAGES.stream())
                .forEach(name -> assertTrue(page.contains("`" + name + "`"), name + " is not in the page"));
    }

    private Path kamelet(String name, String to) throws IOException {
        return Files.writeString(kamelets.resolve(name + ".kamelet.yaml"), KAMELET.formatted(name, to));
    }

    private List<String> check(List<Path> files) {
        return validator().check(files).stream().map(Mistake::sentence).toList();
    }

    private RouteValidator validator() {
        return new RouteValidator(surroundings());
    }

    private Surroundings surroundings(String... allowed) {
        return new Surroundings(
                routes,
                kamelets,
                Map.of("watch.words", "x"),
                Set.of("journal", "events"),
                new ProgramPolicy(List.of(allowed)));
    }
}
