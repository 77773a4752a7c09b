package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.validation.RouteValidator;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
    private final RunningFiles running;
    private final Problems problems;
    private final Explanation explanation;
    private final FolderScanner scanner;
    /** The text of each kamelet in use, valid or not yet checked. */
    private final Map<String, String> texts = new TreeMap<>();

    KameletFolder(CamelContext context, Path folder, RunningFiles running, Problems problems, Explanation explanation) {
        this.context = context;
        this.folder = folder;
        this.running = running;
        this.problems = problems;
        this.explanation = explanation;
        this.scanner = new FolderScanner(folder, RouteValidator::isKamelet);
    }

    /** Looks at the kamelets that are there at the start. They are read again when Camel loads them. */
    void read() {
        scanner.first().forEach((file, state) -> {
            texts.put(name(file), state.text());
            explanation.programs(file, state.text()).stream().findFirst().ifPresent(sentence -> {
                explanation.refuseKamelet(name(file), "it can run programs or scripts");
                problems.refuse(file, sentence, "The routes that use it are refused.");
            });
        });
        refuseCircles();
    }

    /** Camel would load them without end, which the JVM survives, but not every lock in it. */
    private void refuseCircles() {
        for (String name : texts.keySet()) {
            Predicate<String> users = users(name);
            if (users.test(texts.get(name))) {
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
        FolderScanner.Changes changes = scanner.next();
        Set<String> changed = new TreeSet<>();
        changes.saved().forEach((file, state) -> {
            if (take(file, state)) {
                changed.add(name(file));
            }
        });
        for (Path file : changes.deleted()) {
            if (forget(file)) {
                changed.add(name(file));
            }
        }
        return changed;
    }

    /** Whether a kamelet has been saved since the last scan. */
    boolean isChanging() {
        return scanner.isChanging();
    }

    /** Whether a text uses a kamelet, directly or through other kamelets. */
    private Predicate<String> users(String kamelet) {
        Set<String> names = new HashSet<>(Set.of(kamelet));
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, String> other : texts.entrySet()) {
                boolean uses = names.stream().anyMatch(name -> mentions(other.getValue(), name));
                more |= uses && names.add(other.getKey());
            }
        }
        return text -> names.stream().anyMatch(name -> mentions(text, name));
    }

    static boolean mentions(String text, String kamelet) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(kamelet) + "(?![\\w.-])")
                .matcher(text)
                .find();
    }

    private boolean take(Path file, FileState state) {
        String name = name(file);
        if (state.problem() == null && state.text().equals(texts.get(name))) {
            problems.solved(file);
            return false;
        }
        Set<Path> users = running.where(users(name));
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
        texts.put(name, state.text());
        explanation.acceptKamelet(name);
        problems.solved(file);
        log.info("{} was loaded{}", file, users.isEmpty() ? "" : "; restarted " + names(users));
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
        Set<Path> users = running.where(users(name));
        boolean own = KameletFolder.class.getResource("/kamelets/" + name + ENDING) != null;
        texts.remove(name);
        explanation.acceptKamelet(name);
        problems.solved(file);
        if (!users.isEmpty() && !own) {
            problems.warn(
                    file,
                    file + " was deleted, but is used by " + names(users)
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
                "{} was deleted{}", file, users.isEmpty() ? "" : "; restarted " + names(users) + " with Wayside's own");
        return true;
    }

    private void reload(String name, Set<Path> users) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        RouteTemplateDefinition former = model.getRouteTemplateDefinition(name);
        running.restart(users, () -> replace(model, name, null), () -> replace(model, name, former));
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

    private static String names(Set<Path> files) {
        return String.join(
                ", ", files.stream().map(file -> file.getFileName().toString()).toList());
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
