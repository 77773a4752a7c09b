package dev.wayside.routes;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;

/** Reports what routes of different files need from each other and do not get: a template, or a receiver. */
final class ConnectionCheck {
    private final CamelContext context;
    private final Path folder;
    private final RunningFiles running;
    private final FileChanges changes;
    private final Problems problems;
    private final Set<Path> unreceived = new HashSet<>();

    ConnectionCheck(CamelContext context, Path folder, RunningFiles running, FileChanges changes, Problems problems) {
        this.context = context;
        this.folder = folder;
        this.running = running;
        this.changes = changes;
        this.problems = problems;
    }

    /** Checks the routes that run now. */
    void check() {
        List<String> missing = running.uses().stream()
                .filter(use -> changes.withTemplates(List.of(use)).isEmpty())
                .map(TemplatedRoute::route)
                .toList();
        Path noFile = folder.resolve("?");
        if (missing.isEmpty()) {
            problems.solved(noFile);
        } else {
            problems.warn(
                    noFile, "No file in " + folder + " defines the template of " + String.join(", ", missing) + ".");
        }
        Map<Path, String> now = new UnreceivedMessages(context, folder).find();
        unreceived.stream().filter(about -> !now.containsKey(about)).forEach(problems::solved);
        unreceived.clear();
        unreceived.addAll(now.keySet());
        now.forEach(problems::warn);
    }
}
