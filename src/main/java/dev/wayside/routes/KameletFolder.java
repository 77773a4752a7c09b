package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.validation.RouteValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kamelets folder. When a kamelet changes, the routes that use it are restarted, directly or through another kamelet.
 * Camel loads a kamelet when the first route uses it, and then keeps it: hence its removal here.
 */
final class KameletFolder {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);
    private static final String ENDING = ".kamelet.yaml";

    private final CamelContext context;
    private final Path folder;
    private final FileChanges changes;
    private final Dependencies dependencies;
    private final Problems problems;
    private final Explanation explanation;
    private final FolderScanner scanner;

    KameletFolder(
            CamelContext context,
            Path folder,
            FileChanges changes,
            Dependencies dependencies,
            Problems problems,
            Explanation explanation) {
        this.context = context;
        this.folder = folder;
        this.changes = changes;
        this.dependencies = dependencies;
        this.problems = problems;
        this.explanation = explanation;
        this.scanner = new FolderScanner(folder, RouteValidator::isKamelet);
    }

    /** Looks at the kamelets that are there at the start. They are read again when Camel loads them. */
    void read() {
        scanner.first().forEach((file, state) -> {
            dependencies.put(name(file), file, state.text());
            explanation.programs(file, state.text()).stream().findFirst().ifPresent(sentence -> {
                explanation.refuseKamelet(name(file), "it can run programs or scripts");
                problems.refuse(file, sentence, "The routes that use it are refused.");
            });
        });
        refuseCircles();
    }

    /** Camel would load them without end, which the JVM survives, but not every lock in it. */
    private void refuseCircles() {
        for (String name : dependencies.kamelets()) {
            if (dependencies.isCircular(name)) {
                RouteValidator.circle(folder, name).ifPresent(reason -> explanation.refuseKamelet(name, reason));
            }
        }
    }

    /**
     * Applies the changes since the last scan.
     *
     * @return the names of the kamelets that have changed
     */
    Set<String> scan() {
        Set<String> changed = new TreeSet<>();
        scanner.next(problems, (file, state) -> {
            if (state == null ? forget(file) : take(file, state)) {
                changed.add(name(file));
            }
        });
        return changed;
    }

    /** Whether a kamelet has been saved since the last scan. */
    boolean isChanging() {
        return scanner.isChanging();
    }

    private boolean take(Path file, FileState state) {
        String name = name(file);
        if (state.problem() == null && state.text().equals(dependencies.text(name))) {
            problems.solved(file);
            return false;
        }
        Set<Path> users = changes.usersOf(name);
        String mistake = state.problem() != null
                ? state.problem()
                : explanation.mistakes(file, state.text()).stream().findFirst().orElse(null);
        if (mistake != null) {
            refuse(file, mistake, users);
            return false;
        }
        try {
            reload(name, users);
        } catch (InvalidInputException e) {
            refuse(file, file + " does not work in a route: " + Reason.of(e), users);
            return false;
        }
        dependencies.put(name, file, state.text());
        explanation.acceptKamelet(name);
        problems.solved(file);
        log.info("{} was loaded{}", file, users.isEmpty() ? "" : "; restarted " + FileChanges.names(users));
        return true;
    }

    private void refuse(Path file, String sentence, Set<Path> users) {
        problems.refuse(
                file,
                sentence,
                users.isEmpty() ? "No route uses it." : "The routes that use it keep running as before.");
    }

    /** A deleted kamelet may have been in front of one of Wayside's own with the same name. */
    private boolean forget(Path file) {
        String name = name(file);
        Set<Path> users = changes.usersOf(name);
        boolean own = KameletFolder.class.getResource("/kamelets/" + name + ENDING) != null;
        dependencies.remove(name);
        explanation.acceptKamelet(name);
        problems.solved(file);
        if (!users.isEmpty() && !own) {
            problems.warn(
                    file,
                    file + " was deleted, but is used by " + FileChanges.names(users)
                            + ", which keep running with it until they are changed or Wayside is restarted.");
            return false;
        }
        try {
            reload(name, users);
        } catch (InvalidInputException e) {
            problems.warn(
                    file, file + " was deleted: " + Reason.of(e) + ". The routes that use it keep running as before.");
            return false;
        }
        log.info(
                "{} was deleted{}",
                file,
                users.isEmpty() ? "" : "; restarted " + FileChanges.names(users) + " with Wayside's own");
        return true;
    }

    private void reload(String name, Set<Path> users) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        RouteTemplateDefinition former = model.getRouteTemplateDefinition(name);
        changes.restart(users, () -> replace(model, name, null), () -> replace(model, name, former));
    }

    private static void replace(Model model, String name, RouteTemplateDefinition by) {
        try {
            RouteTemplateDefinition present = model.getRouteTemplateDefinition(name);
            if (present != null) {
                model.removeRouteTemplateDefinition(present);
            }
            if (by != null) {
                model.addRouteTemplateDefinitions(List.of(by));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
