package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files whose routes run. A file is replaced as a whole: if its new routes do not start, its former ones do again. For
 * one thread at a time.
 */
final class RunningFiles {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);

    private final CamelContext context;
    private final Problems problems;
    private final Explanation explanation;
    private final Map<Path, RouteFile> files = new LinkedHashMap<>();
    private final FileOpener opener;
    private List<TemplatedRoute> uses;

    RunningFiles(CamelContext context, List<TemplatedRoute> uses, Problems problems, Explanation explanation) {
        this.context = context;
        this.uses = List.copyOf(uses);
        this.problems = problems;
        this.explanation = explanation;
        this.opener = new FileOpener(context, problems, explanation, files);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Opens and reads all files; those that are invalid are reported and left out. */
    void read(Map<Path, FileState> states) {
        Map<Path, RouteFile> opened = new LinkedHashMap<>();
        states.forEach((file, state) -> opened.put(file, opener.open(file, state)));
        opened.forEach((file, each) -> {
            if (each != null && opener.read(file, each)) {
                files.put(file, each);
            }
        });
    }

    /** Starts the routes of all files; a file whose routes do not start is reported and left out. */
    void start() throws Exception {
        for (Map.Entry<Path, RouteFile> each : List.copyOf(files.entrySet())) {
            start(each.getKey(), each.getValue(), each.getValue()::run);
        }
        // Cameras start last, because a new sink begins with the next event.
        for (Map.Entry<Path, RouteFile> each : List.copyOf(files.entrySet())) {
            start(each.getKey(), each.getValue(), () -> each.getValue().run(uses));
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
            FileOpener.attempt(file, read::remove);
            opener.refuse(file, explanation.of(file, read.text(), read.definitions(), e));
        }
    }

    /** Removes the routes of a deleted file. */
    void forget(Path file) {
        problems.solved(file);
        RouteFile former = files.remove(file);
        if (former != null) {
            FileOpener.attempt(file, former::remove);
            log.info("{} was deleted; its routes were removed", file);
        }
    }

    /** Replaces the routes of a file by those of its new text, if that is valid. */
    void take(Path file, FileState state) {
        RouteFile former = files.get(file);
        if (former != null && former.text().equals(state.text()) && state.problem() == null) {
            problems.solved(file);
            return;
        }
        if (state.problem() != null) {
            opener.refuse(file, state.problem());
            return;
        }
        List<String> mistakes = explanation.mistakes(file, state.text());
        if (!mistakes.isEmpty()) {
            opener.refuse(file, Explanation.summary(mistakes));
            return;
        }
        RouteFile next = opener.open(file, state);
        if (next == null || !context.isStarted() || !opener.read(file, next)) {
            return;
        }
        files.remove(file);
        if (former != null) {
            FileOpener.attempt(file, former::remove);
        }
        try {
            run(file, next);
            problems.solved(file);
            log.info("{} was loaded", file);
        } catch (Exception | LinkageError | StackOverflowError e) {
            FileOpener.attempt(file, next::remove);
            if (!context.isStarted()) {
                return;
            }
            if (former != null) {
                restore(file, former.text());
            }
            opener.refuse(file, explanation.of(file, next.text(), next.definitions(), e));
        }
    }

    /** The files whose text meets a condition. */
    Set<Path> where(Predicate<String> text) {
        Set<Path> found = new TreeSet<>();
        files.forEach((file, each) -> {
            if (text.test(each.text())) {
                found.add(file);
            }
        });
        return found;
    }

    /**
     * Restarts the routes of some files, whose texts have not changed, because something that they use has. Either all of
     * them start, or all are as before.
     *
     * @param change makes the change while their routes are away
     * @param undo takes it back
     * @throws RestartException if a file's routes do not start after the change
     */
    void restart(Collection<Path> some, Runnable change, Runnable undo) throws RestartException {
        Map<Path, String> texts = new LinkedHashMap<>();
        some.forEach(file -> texts.put(file, files.get(file).text()));
        removeAll(texts.keySet());
        change.run();
        for (Map.Entry<Path, String> each : texts.entrySet()) {
            try {
                load(each.getKey(), each.getValue());
            } catch (Exception | LinkageError | StackOverflowError e) {
                String sentence = explanation.of(each.getKey(), each.getValue(), List.of(), e);
                if (context.isStarted()) {
                    removeAll(texts.keySet());
                    undo.run();
                    texts.forEach(this::restore);
                }
                throw new RestartException(sentence, e);
            }
        }
    }

    private void removeAll(Collection<Path> some) {
        List<Path> last = new ArrayList<>(some);
        for (Path file : last) {
            RouteFile former = files.remove(file);
            if (former != null) {
                FileOpener.attempt(file, former::remove);
            }
        }
    }

    List<TemplatedRoute> uses() {
        return uses;
    }

    /** Replaces the routes to be made from templates; takes effect when the files with the templates are restarted. */
    void use(List<TemplatedRoute> others) {
        uses = List.copyOf(others);
    }

    /** The file with a template; empty if there is none. */
    boolean hasTemplate(String id) {
        return files.values().stream().anyMatch(file -> file.hasTemplate(id));
    }

    /** The files with the templates of some routes. */
    Set<Path> withTemplates(Collection<TemplatedRoute> some) {
        Set<Path> found = new TreeSet<>();
        files.forEach((file, each) -> {
            if (some.stream().anyMatch(use -> each.hasTemplate(use.template()))) {
                found.add(file);
            }
        });
        return found;
    }

    private void load(Path file, String text) throws Exception {
        RouteFile next = RouteFile.open(context, file, text);
        next.configure();
        next.read();
        try {
            run(file, next);
        } catch (Exception | LinkageError | StackOverflowError e) {
            FileOpener.attempt(file, next::remove);
            throw e;
        }
    }

    private void run(Path file, RouteFile next) throws Exception {
        next.run();
        next.run(uses);
        files.put(file, next);
    }

    private void restore(Path file, String text) {
        FileOpener.attempt(file, () -> load(file, text));
    }

    /** The routes of a file do not start after a change elsewhere. */
    static final class RestartException extends InvalidInputException {
        private static final long serialVersionUID = 1L;

        RestartException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
