package dev.wayside.routes;

import dev.wayside.failure.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and reads files without starting their routes, and reports those that are refused.
 *
 * @param context in which the routes are to run
 * @param problems receives the reports
 * @param explanation says why a file is refused
 * @param running the files whose routes run, which the caller changes
 */
record FileOpener(CamelContext context, Problems problems, Explanation explanation, Map<Path, RouteFile> running) {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);

    /** The file with its configurations; null if it is invalid, after reporting why. */
    RouteFile open(Path file, FileState state) {
        if (state.problem() != null) {
            refuse(file, state.problem());
            return null;
        }
        try {
            List<String> programs = explanation.programs(file, state.text());
            if (!programs.isEmpty()) {
                refuse(file, Explanation.summary(programs));
                return null;
            }
            RouteFile opened = RouteFile.open(context, file, state.text());
            opened.configure();
            return opened;
        } catch (Exception | LinkageError | StackOverflowError e) {
            refuse(file, explanation.of(file, state.text(), List.of(), e));
            return null;
        }
    }

    /** Whether its routes can be read; otherwise reports why not. */
    boolean read(Path file, RouteFile opened) {
        try {
            opened.read();
            opened.requireOwnIds(file, running);
            return true;
        } catch (Exception | LinkageError | StackOverflowError e) {
            attempt(file, opened::remove);
            refuse(file, explanation.of(file, opened.text(), List.of(), e));
            if (running.containsKey(file)) {
                attempt(file, running.get(file)::configure);
            }
            return false;
        }
    }

    void refuse(Path file, String sentence) {
        problems.refuse(
                file,
                sentence,
                running.containsKey(file) ? "Its previous routes keep running." : "The other routes are not affected.");
    }

    static void attempt(Path file, RouteFile.Start what) {
        try {
            what.run();
        } catch (Exception e) {
            log.warn("The previous routes of {} could not be removed or restored: {}", file, Reason.of(e));
        }
    }
}
