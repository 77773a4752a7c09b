package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.failure.UnavailableException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes folder in a running context. Each file is independent: an invalid file is reported once per save, with its
 * line and the reason, and all other routes run. Camel's own reloading stops permanently at some of these mistakes, so this
 * class scans the folder itself. It does so twice a second, which also works for network shares and Kubernetes volumes.
 */
public final class RouteFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);
    private static final long MILLIS_BETWEEN_SCANS = 500;

    private final CamelContext context;
    private final Path folder;
    private final List<TemplatedRoute> uses;
    private final Map<Path, RouteFile> files = new LinkedHashMap<>();
    private final Map<Path, String> problems = new ConcurrentSkipListMap<>();
    private final FolderScanner scanner;
    private ScheduledExecutorService scheduler;

    /**
     * Prepares the folder; reads nothing yet.
     *
     * @param context in which the routes run
     * @param folder with the route files
     * @param uses routes to be made from templates in these files
     */
    public RouteFolder(CamelContext context, Path folder, List<TemplatedRoute> uses) {
        this.context = context;
        this.folder = folder;
        this.uses = List.copyOf(uses);
        this.scanner = new FolderScanner(folder);
    }

    /**
     * Reads the files. This must happen before the context starts, because routes can use configurations and templates.
     *
     * @throws InvalidInputException if there is no valid file
     */
    public void read() {
        Map<Path, RouteFile> opened = new LinkedHashMap<>();
        scanner.first().forEach((file, state) -> opened.put(file, open(file, state)));
        opened.forEach((file, each) -> {
            if (each != null && read(file, each)) {
                files.put(file, each);
            }
        });
        requireFiles();
    }

    /**
     * Starts the routes of the files, once the context has started.
     *
     * @param reload whether to watch for changes from now on
     * @throws InvalidInputException if no file is valid, or if a route fails because of a setting
     * @throws Exception if a part that a route needs is unavailable
     */
    public void start(boolean reload) throws Exception {
        for (Map.Entry<Path, RouteFile> each : List.copyOf(files.entrySet())) {
            start(each.getKey(), each.getValue(), each.getValue()::run);
        }
        // Cameras start last, because a new sink begins with the next event.
        for (Map.Entry<Path, RouteFile> each : List.copyOf(files.entrySet())) {
            start(each.getKey(), each.getValue(), () -> each.getValue().run(uses));
        }
        requireFiles();
        checkTemplates();
        if (reload) {
            scheduler = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "routes");
            scheduler.scheduleWithFixedDelay(
                    this::scan, MILLIS_BETWEEN_SCANS, MILLIS_BETWEEN_SCANS, TimeUnit.MILLISECONDS);
        }
    }

    private void start(Path file, RouteFile read, RouteFile.Start start) throws Exception {
        // What a route opens once the context has stopped, nobody would close.
        if (!context.isStarted()) {
            throw new UnavailableException("Wayside was told to stop while it started.");
        }
        try {
            start.run();
        } catch (Exception | LinkageError | StackOverflowError e) {
            if (!context.isStarted() || RouteMistake.isOutsideTheFile(e)) {
                throw e;
            }
            files.remove(file);
            attempt(file, read::remove);
            refuse(file, RouteMistake.sentence(file, read.text(), read.definitions(), e));
        }
    }

    /** The files that are invalid, each with a {@code reason}. */
    public List<Map<String, Object>> status() {
        return problems.values().stream()
                .map(reason -> Map.<String, Object>of("name", "routes", "reason", reason))
                .toList();
    }

    /** Stops watching for changes; the routes continue until the context stops. */
    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.shutdown();
        }
    }

    private void requireFiles() {
        if (files.isEmpty()) {
            throw new InvalidInputException(
                    problems.isEmpty()
                            ? "routes.path: the folder " + folder + " has no route file (*.yaml or *.yml)."
                            : String.join(System.lineSeparator(), problems.values()));
        }
    }

    /** Takes what has changed since the last two scans; reports what is invalid. */
    void scan() {
        try {
            FolderScanner.Changes changes = scanner.next();
            changes.deleted().forEach(this::forget);
            changes.saved().forEach(this::take);
            if (scanner.foundNothing()) {
                warnOnce(folder, folder + " has no route file any more; its previous routes keep running.");
            } else {
                problems.remove(folder);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            warnOnce(folder, "The folder " + folder + " cannot be read: " + Reason.of(e) + ".");
        }
    }

    private void forget(Path file) {
        problems.remove(file);
        RouteFile former = files.remove(file);
        if (former != null) {
            attempt(file, former::remove);
            log.info("{} was deleted; its routes were removed", file);
            checkTemplates();
        }
    }

    private void take(Path file, FileState state) {
        RouteFile next = open(file, state);
        if (next == null || !context.isStarted() || !read(file, next)) {
            return;
        }
        RouteFile former = files.remove(file);
        if (former != null) {
            attempt(file, former::remove);
        }
        try {
            next.run();
            next.run(uses);
            files.put(file, next);
            problems.remove(file);
            log.info("{} was loaded", file);
        } catch (Exception | LinkageError | StackOverflowError e) {
            attempt(file, next::remove);
            if (!context.isStarted()) {
                return;
            }
            if (former != null) {
                restore(file, former.text());
            }
            refuse(file, RouteMistake.sentence(file, next.text(), next.definitions(), e));
        }
        checkTemplates();
    }

    /** The file with its configurations; null if it is invalid, after reporting why. */
    private RouteFile open(Path file, FileState state) {
        if (state.problem() != null) {
            refuse(file, state.problem());
            return null;
        }
        try {
            RouteFile opened = RouteFile.open(context, file, state.text());
            opened.configure();
            return opened;
        } catch (Exception | LinkageError | StackOverflowError e) {
            refuse(file, RouteMistake.sentence(file, state.text(), List.of(), e));
            return null;
        }
    }

    /** Whether its routes can be read; otherwise reports why not. */
    private boolean read(Path file, RouteFile opened) {
        try {
            opened.read();
            opened.requireOwnIds(file, files);
            return true;
        } catch (Exception | LinkageError | StackOverflowError e) {
            attempt(file, opened::remove);
            refuse(file, RouteMistake.sentence(file, opened.text(), List.of(), e));
            if (files.containsKey(file)) {
                attempt(file, files.get(file)::configure);
            }
            return false;
        }
    }

    private void restore(Path file, String text) {
        attempt(file, () -> {
            RouteFile former = RouteFile.open(context, file, text);
            former.configure();
            former.read();
            former.run();
            former.run(uses);
            files.put(file, former);
        });
    }

    private static void attempt(Path file, RouteFile.Start what) {
        try {
            what.run();
        } catch (Exception e) {
            log.warn("The previous routes of {} could not be removed or restored: {}", file, Reason.of(e));
        }
    }

    private void refuse(Path file, String sentence) {
        problems.put(file, sentence);
        log.warn(
                "{} {}",
                sentence,
                files.containsKey(file) ? "Its previous routes keep running." : "The other routes are not affected.");
    }

    private void warnOnce(Path about, String sentence) {
        if (!sentence.equals(problems.put(about, sentence))) {
            log.warn(sentence);
        }
    }

    private void checkTemplates() {
        List<String> missing = uses.stream()
                .filter(use -> files.values().stream().noneMatch(file -> file.hasTemplate(use.template())))
                .map(TemplatedRoute::route)
                .toList();
        Path noFile = folder.resolve("?");
        if (missing.isEmpty()) {
            problems.remove(noFile);
        } else {
            warnOnce(noFile, "No file in " + folder + " defines the template of " + String.join(", ", missing) + ".");
        }
    }
}
