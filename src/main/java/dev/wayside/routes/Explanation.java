package dev.wayside.routes;

import dev.wayside.validation.FileContent;
import dev.wayside.validation.LazyValidator;
import dev.wayside.validation.Mistake;
import dev.wayside.validation.RouteValidator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.model.RouteDefinition;

/**
 * Explains why a file is refused. The validator names every mistake with its place; for what only shows when routes start,
 * Camel's own message is translated.
 */
final class Explanation {
    private final LazyValidator validator;
    private final Dependencies dependencies;
    /** Why a kamelet may not be used, by its name. */
    private final Map<String, String> refusedKamelets = new TreeMap<>();

    Explanation(LazyValidator validator, Dependencies dependencies) {
        this.validator = validator;
        this.dependencies = dependencies;
    }

    /** The mistakes in a text, one sentence each. */
    List<String> mistakes(Path file, String text) {
        List<String> sentences = new ArrayList<>(sentences(validator.check(file, text)));
        sentences.addAll(refusedKamelets(file, text));
        return sentences;
    }

    /** As {@link #mistakes}, but only components and languages that may not be used; almost free if there are none. */
    List<String> programs(Path file, String text) {
        List<String> sentences = new ArrayList<>(sentences(validator.programsIn(file, text)));
        sentences.addAll(refusedKamelets(file, text));
        return sentences;
    }

    /** From now on, files that use this kamelet are refused. */
    void refuseKamelet(String name, String reason) {
        refusedKamelets.put(name, reason);
    }

    void acceptKamelet(String name) {
        refusedKamelets.remove(name);
    }

    private List<String> refusedKamelets(Path file, String text) {
        if (refusedKamelets.isEmpty() || RouteValidator.isKamelet(file)) {
            return List.of();
        }
        Set<String> used = dependencies.kameletsOf(FileContent.of(file, text));
        return refusedKamelets.entrySet().stream()
                .filter(kamelet -> used.contains(kamelet.getKey()))
                .map(kamelet ->
                        file + ": the kamelet " + kamelet.getKey() + " is refused, because " + kamelet.getValue() + ".")
                .toList();
    }

    private static List<String> sentences(List<Mistake> mistakes) {
        return mistakes.stream().map(Mistake::sentence).toList();
    }

    /** The first mistake, and how many more there are. */
    static String summary(List<String> mistakes) {
        int more = mistakes.size() - 1;
        return mistakes.get(0)
                + (more == 0
                        ? ""
                        : " There " + (more == 1 ? "is 1 more mistake" : "are " + more + " more mistakes")
                                + " in the file; ./wayside validate lists them all.");
    }

    /** Why reading or starting a file has failed. */
    String of(Path file, String text, List<RouteDefinition> routes, Throwable failure) {
        List<String> mistakes = mistakes(file, text);
        if (!mistakes.isEmpty()) {
            return summary(mistakes);
        }
        return StartFailure.isOutage(failure)
                ? StartFailure.outage(file, failure)
                : RouteMistake.sentence(file, text, routes, failure);
    }
}
