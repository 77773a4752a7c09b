package dev.wayside.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the validator finds only when it looks at several files together. */
class RouteSetTest {
    private static final String SENDER =
            "- route:\n    id: a\n    from:\n      uri: timer:a\n      steps:\n        - to: direct:evnts\n";
    private static final String RECEIVER =
            "- route:\n    id: b\n    from:\n      uri: direct:evnts\n      steps:\n        - log: x\n";

    @TempDir
    Path directory;

    @Test
    void aMessageToNoRouteIsFound() throws IOException {
        Path sender = write("a.yaml", SENDER);
        write("b.yaml", RECEIVER.replace("evnts", "events"));
        assertEquals(
                List.of("a.yaml:6:15: no route begins with direct:evnts, so that every message to it fails; the file"
                        + " evnts.yaml may be missing. Did you mean events?"),
                check());
        Files.writeString(sender, SENDER.replace("evnts", "events"));
        assertEquals(List.of(), check());
    }

    @Test
    void aMessageToNoRouteIsFoundWhereverItIsSent() throws IOException {
        write(
                "a.yaml",
                "- errorHandler: {deadLetterChannel: {deadLetterUri: 'direct:dead'}}\n"
                        + SENDER.replace("direct:evnts", "{uri: direct, parameters: {name: evnts}}"));
        assertEquals(
                List.of(
                        "a.yaml:1:53: no route begins with direct:dead",
                        "a.yaml:7:21: no route begins with direct:evnts"),
                check().stream().map(each -> each.replaceFirst(",.*", "")).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct:evnts",
                "direct://evnts?block=false",
                "direct\n      parameters:\n        name: evnts",
                // Only the start decides what these receive.
                "direct:{{watch.words}}",
                "direct:{{?n}}",
            })
    void aRouteReceivesHoweverItsUriIsWritten(String uri) throws IOException {
        write("a.yaml", SENDER);
        write("b.yaml", RECEIVER.replace("direct:evnts", uri));
        assertEquals(
                List.of(),
                check().stream()
                        .filter(each -> each.contains("no route begins"))
                        .toList());
    }

    /** Camel would refuse the second file at its start. */
    @Test
    void theIdOfAStepIsUniqueAmongAllFiles() throws IOException {
        write("a.yaml", SENDER.replace("to: direct:evnts", "to: {id: print, uri: 'log:x'}"));
        Path second = write(
                "bb.yaml",
                RECEIVER.replace(
                        "log: x", "choice: {when: [{simple: '${body}', steps: [{log: {id: print, message: x}}]}]}"));
        String sentence = "bb.yaml:6:66: the id print is already used in a.yaml; each id must be unique.";
        assertEquals(List.of(sentence), check());
        assertEquals(
                List.of(directory.resolve(sentence).toString()),
                validator().check(second, Files.readString(second)).stream()
                        .map(Mistake::sentence)
                        .toList());
    }

    @Test
    void aCopyOfARouteIsOneMistake() throws IOException {
        String route = SENDER.replace("to: direct:evnts", "to: {id: print, uri: 'log:x'}");
        write("a.yaml", route);
        write("a copy.yaml", route);
        assertEquals(
                List.of(
                        "a copy.yaml:2:9: the route id a is already used by a route in a.yaml; each route needs a unique"
                                + " id."),
                check());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private List<String> check() {
        return validator().check(validator().all()).stream()
                .map(mistake ->
                        mistake.sentence().substring(directory.toString().length() + 1))
                .toList();
    }

    private RouteValidator validator() {
        return new RouteValidator(new Surroundings(
                directory, directory.resolve("kamelets"), Map.of(), Set.of(), new ProgramPolicy(List.of())));
    }
}
