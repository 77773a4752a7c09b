package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.validation.LazyValidator;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * The routes folder and the kamelets folder in a running context. Each file is independent: an invalid file is reported once
 * per save, with its line and the reason, and all other routes run. Camel's own reloading stops permanently at some of these
 * mistakes, so this class scans the folders itself. Thread-safe.
 */
public final class RouteFolder implements AutoCloseable {
    private static final long MILLIS_BETWEEN_SCANS = 250;

    private final CamelContext context;
    private final Path folder;
    private final LazyValidator validator;
    private final Problems problems = new Problems();
    private final RunningFiles running;
    private final KameletFolder kamelets;
    private final FolderScanner scanner;
    private final Set<Path> unreceived = new HashSet<>();
    private ScheduledExecutorService scheduler;

    /**
     * Prepares the folders; reads nothing yet.
     *
     * @param context in which the routes run
     * @param folder with the route files
     * @param kamelets the folder with the kamelets
     * @param uses routes to be made from templates in these files
     * @param validator finds the mistakes in files
     */
    public RouteFolder(
            CamelContext context, Path folder, Path kamelets, List<TemplatedRoute> uses, LazyValidator validator) {
        Explanation explanation = new Explanation(validator);
        this.context = context;
        this.folder = folder;
        this.validator = validator;
        this.running = new RunningFiles(context, uses, problems, explanation);
        this.kamelets = new KameletFolder(context, kamelets, running, problems, explanation);
        this.scanner = new FolderScanner(folder, file -> true);
    }

    /**
     * Reads the files. This must happen before the context starts, because routes can use configurations and templates.
     *
     * @throws InvalidInputException if there is no valid file
     */
    public synchronized void read() {
        kamelets.read();
        running.read(scanner.first());
        requireFiles();
    }

    /**
     * Starts the routes of the files, once the context has started.
     *
     * @param reload whether to watch for changes from now on
     * @throws InvalidInputException if no file is valid, or if a route fails because of a setting
     * @throws Exception if a part that a route needs is unavailable
     */
    public synchronized void start(boolean reload) throws Exception {
        running.start();
        requireFiles();
        checkConnections();
        if (reload) {
            scheduler = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "routes");
            scheduler.scheduleWithFixedDelay(
                    this::scan, MILLIS_BETWEEN_SCANS, MILLIS_BETWEEN_SCANS, TimeUnit.MILLISECONDS);
        }
    }

    /** The files that are invalid, each with a {@code reason}. */
    public List<Map<String, Object>> status() {
        return problems.status();
    }

    /**
     * Restarts the routes that use some settings. Either all of them start with the new values, or all run as before.
     *
     * @param keys the settings whose values change
     * @param uses all routes to be made from templates, with the new values
     * @param change makes routes see the new values
     * @param undo makes routes see the former values again
     * @throws InvalidInputException if a route does not start with the new values; the message says why
     */
    public synchronized void apply(Collection<String> keys, List<TemplatedRoute> uses, Runnable change, Runnable undo) {
        List<TemplatedRoute> former = running.uses();
        Set<Path> users = new TreeSet<>(running.where(text -> keys.stream().anyMatch(key -> uses(text, key))));
        if (!uses.equals(former)) {
            users.addAll(running.withTemplates(
                    uses.stream().filter(use -> !former.contains(use)).toList()));
        }
        running.restart(
                users,
                () -> {
                    change.run();
                    running.use(uses);
                    validator.surroundingsChanged();
                },
                () -> {
                    undo.run();
                    running.use(former);
                    validator.surroundingsChanged();
                });
        retry(text -> keys.stream().anyMatch(key -> uses(text, key)));
    }

    private static boolean uses(String text, String key) {
        return Pattern.compile("\\{\\{\\s*[?!]*\\s*" + Pattern.quote(key) + "\\s*(?::[^}]*)?}}")
                .matcher(text)
                .find();
    }

    /** Stops watching for changes; the routes continue until the context stops. */
    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.shutdown();
        }
    }

    private void requireFiles() {
        if (running.isEmpty()) {
            throw new InvalidInputException(
                    problems.all().isEmpty()
                            ? "routes.path: the folder " + folder + " has no route file (*.yaml or *.yml)."
                            : String.join(System.lineSeparator(), problems.all()));
        }
    }

    /** Takes what has changed since the last two scans; reports what is invalid. */
    synchronized void scan() {
        try {
            Set<String> changedKamelets = kamelets.scan();
            FolderScanner.Changes changes = scanner.next();
            if (scanner.isChanging() || kamelets.isChanging()) {
                // While the editor may still be writing.
                validator.prepare();
            }
            changes.deleted().forEach(running::forget);
            changes.saved().forEach(running::take);
            changedKamelets.forEach(kamelet -> retry(text -> KameletFolder.mentions(text, kamelet)));
            if (!changes.isEmpty() || !changedKamelets.isEmpty()) {
                checkConnections();
            }
            if (scanner.foundNothing()) {
                problems.warn(folder, folder + " has no route file any more; its previous routes keep running.");
            } else {
                problems.solved(folder);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            problems.warn(folder, "The folder " + folder + " cannot be read: " + Reason.of(e) + ".");
        }
    }

    /** A file that was refused can be valid now that a kamelet or a setting is there. */
    private void retry(Predicate<String> changed) {
        Map.copyOf(scanner.files()).forEach((file, state) -> {
            if (problems.isAbout(file) && changed.test(state.text())) {
                running.take(file, state);
            }
        });
    }

    /** Checks what routes of different files need from each other. */
    private void checkConnections() {
        List<String> missing = running.uses().stream()
                .filter(use -> !running.hasTemplate(use.template()))
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
