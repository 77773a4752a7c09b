package dev.wayside.routes;

import dev.wayside.validation.FileContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * Looks for the mistakes of a saved file before anything that runs is touched.
 *
 * @param context in which the routes are to run
 * @param running the files that run or wait
 * @param explanation says why a file is refused
 */
record FileCheck(CamelContext context, RunningFiles running, Explanation explanation) {
    /** Why a file cannot be used; empty if nothing is wrong with it. */
    Optional<String> refusal(Path file, FileState state) {
        if (state.problem() != null) {
            return Optional.of(state.problem());
        }
        List<String> mistakes = explanation.mistakes(file, state.text());
        if (!mistakes.isEmpty()) {
            return Optional.of(Explanation.summary(mistakes));
        }
        FileContent content = FileContent.of(file, state.text());
        return running.idTaken(file, content).or(() -> rehearse(file, state.text(), content));
    }

    /** Lets Camel read the file, unless that would already replace the beans of the routes that run. */
    private Optional<String> rehearse(Path file, String text, FileContent content) {
        if (content.hasBeans()) {
            return Optional.empty();
        }
        try {
            RouteFile.open(context, file, text, content).rehearse();
            return Optional.empty();
        } catch (Exception | LinkageError | StackOverflowError e) {
            return Optional.of(explanation.of(file, text, List.of(), e));
        }
    }
}
