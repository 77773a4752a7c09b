package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.validation.FileContent;
import dev.wayside.validation.LazyValidator;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes folder and the kamelets folder in a running context. Each file is independent: an invalid file is reported once
 * per save, with its line and the reason, and all other routes run. Camel's own reloading stops permanently at some of these
 * mistakes, so this class scans the folders itself. Thread-safe.
 */
public final class RouteFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);
    private static final long MILLIS_BETWEEN_SCANS = 250;

    private final CamelContext context;
    private final Path folder;
    private final LazyValidator validator;
    private final Problems problems = new Problems();
    private final WaitingFiles waiting = new WaitingFiles();
    private final Explanation explanation;
    private final RunningFiles running;
    private final FileChanges changes;
    private final KameletFolder kamelets;
    private final FolderScanner scanner;
    private final ConnectionCheck connections;
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
        Dependencies dependencies = new Dependencies();
        this.explanation = new Explanation(validator, dependencies);
        this.context = context;
        this.folder = folder;
        this.validator = validator;
        this.running = new RunningFiles(context, uses, problems, explanation, waiting);
        this.changes = new FileChanges(context, running, waiting, dependencies, problems, explanation);
        this.kamelets = new KameletFolder(context, kamelets, changes, dependencies, problems, explanation);
        this.connections = new ConnectionCheck(context, folder, running, changes, problems);
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
        problems.report();
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
        try {
            running.start();
            // What they use can be in a file that was read later.
            retryRefused((file, state) -> true);
        } finally {
            problems.report();
        }
        requireFiles();
        connections.check();
        scheduler = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "routes");
        scheduler.scheduleWithFixedDelay(
                reload ? this::scan : this::startWaiting,
                MILLIS_BETWEEN_SCANS,
                MILLIS_BETWEEN_SCANS,
                TimeUnit.MILLISECONDS);
    }

    /** The files that are invalid or wait to start, each with a {@code reason}. */
    public List<Map<String, Object>> status() {
        return Stream.concat(problems.status().stream(), waiting.status().stream())
                .toList();
    }

    /**
     * Restarts the routes that use some settings, directly, through a kamelet or through another file. Either all of them
     * start with the new values, or all run as before; one that something outside prevents from starting waits for it. A
     * value that the check of the files refuses stops no route.
     *
     * @param keys the settings whose values change
     * @param uses all routes to be made from templates, with the new values
     * @param change makes routes see the new values
     * @param undo makes routes see the former values again
     * @throws InvalidInputException if a route does not start with the new values; the message says why
     */
    public synchronized void apply(Collection<String> keys, List<TemplatedRoute> uses, Runnable change, Runnable undo) {
        Predicate<String> usesKey = text -> keys.stream().anyMatch(key -> uses(text, key));
        List<TemplatedRoute> former = running.uses();
        Set<Path> users = changes.where(usesKey);
        if (!uses.equals(former)) {
            users.addAll(changes.withTemplates(
                    uses.stream().filter(use -> !former.contains(use)).toList()));
        }
        Set<String> knownMistakes = mistakes(users);
        use(change, uses);
        Set<String> mistakes = mistakes(users);
        mistakes.removeAll(knownMistakes);
        if (!mistakes.isEmpty()) {
            use(undo, former);
            throw new InvalidInputException(mistakes.iterator().next());
        }
        changes.restart(users, () -> {}, () -> use(undo, former));
        retryRefused((file, state) -> usesKey.test(state.text()));
        problems.report();
    }

    private void use(Runnable values, List<TemplatedRoute> uses) {
        values.run();
        running.use(uses);
        validator.surroundingsChanged();
    }

    private Set<String> mistakes(Collection<Path> files) {
        Set<String> mistakes = new LinkedHashSet<>();
        files.forEach(file -> mistakes.addAll(explanation.mistakes(file, running.text(file))));
        return mistakes;
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
            boolean changed = scanner.next(problems, this::take);
            if (scanner.isChanging() || kamelets.isChanging()) {
                // While the editor may still be writing.
                validator.prepare();
            }
            if (changed || !changedKamelets.isEmpty()) {
                retryRefused((file, state) ->
                        changes.canRetry(file) || changes.usesAny(FileContent.of(file, state.text()), changedKamelets));
                connections.check();
            }
            if (scanner.foundNothing()) {
                problems.warn(folder, folder + " has no route file any more; its previous routes keep running.");
            } else if (!scanner.isUnreadable()) {
                problems.solved(folder);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            problems.warn(folder, "The changes in " + folder + " cannot be loaded now: " + Reason.of(e) + ".");
        } finally {
            problems.report();
        }
        startWaiting();
    }

    private void take(Path file, FileState state) {
        if (state == null) {
            changes.forget(file);
        } else {
            changes.take(file, state);
        }
    }

    private synchronized void startWaiting() {
        try {
            if (changes.startWaiting()) {
                connections.check();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            log.debug("cannot start the files that wait", e);
        }
    }

    /** Takes refused files again, until none of them becomes valid because of another. */
    private void retryRefused(BiPredicate<Path, FileState> which) {
        for (boolean more = true; more; ) {
            Map<Path, FileState> refused = refused();
            refused.forEach((file, state) -> {
                if (which.test(file, state)) {
                    scanner.handle(file, state, problems, this::take);
                }
            });
            more = refused().size() < refused.size();
        }
    }

    /** Those that can become valid without being saved. */
    private Map<Path, FileState> refused() {
        Map<Path, FileState> refused = new LinkedHashMap<>(scanner.files());
        refused.keySet().removeIf(file -> !problems.isAbout(file));
        refused.entrySet()
                .removeIf(file ->
                        !FileContent.of(file.getKey(), file.getValue().text()).isYaml());
        return refused;
    }
}
