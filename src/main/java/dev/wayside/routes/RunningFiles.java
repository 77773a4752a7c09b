package dev.wayside.routes;

import dev.wayside.failure.Reason;
import dev.wayside.failure.UnavailableException;
import dev.wayside.validation.FileContent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files whose routes run, and those that wait to start. For one thread at a time. */
final class RunningFiles {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);

    private final CamelContext context;
    private final Problems problems;
    private final Explanation explanation;
    private final WaitingFiles waiting;
    private final SuspendedRoutes suspended;
    private final Map<Path, RouteFile> files = new LinkedHashMap<>();
    private List<TemplatedRoute> uses;

    RunningFiles(
            CamelContext context,
            List<TemplatedRoute> uses,
            Problems problems,
            Explanation explanation,
            WaitingFiles waiting) {
        this.context = context;
        this.uses = List.copyOf(uses);
        this.problems = problems;
        this.explanation = explanation;
        this.waiting = waiting;
        this.suspended = new SuspendedRoutes(context);
    }

    /** The routes of a file do not start. */
    record Failure(String sentence, Throwable cause) {}

    /** What is done with each file, in turn with all files: configurations and templates must be there for all routes. */
    private interface Step {
        void take(RouteFile file) throws Exception;
    }

    /** Whether there is no valid file. */
    boolean isEmpty() {
        return files.isEmpty() && waiting.isEmpty();
    }

    /** Whether the routes of a file run. */
    boolean runs(Path file) {
        return files.containsKey(file);
    }

    /** The text of a file that runs or waits. */
    String text(Path file) {
        return files.containsKey(file) ? files.get(file).text() : waiting.text(file);
    }

    /** The content of each file that runs or waits. */
    Map<Path, FileContent> contents() {
        Map<Path, FileContent> contents = new LinkedHashMap<>();
        waiting.addContents(contents);
        files.forEach((file, each) -> contents.put(file, each.content()));
        return contents;
    }

    /** The routes to be made from templates. */
    List<TemplatedRoute> uses() {
        return uses;
    }

    /** Replaces the routes to be made from templates; takes effect when the files with the templates are restarted. */
    void use(List<TemplatedRoute> others) {
        uses = List.copyOf(others);
    }

    /** Opens and reads all files before the context starts; those that are invalid are reported and left out. */
    void read(Map<Path, FileState> states) {
        states.forEach(this::open);
        new LinkedHashMap<>(files).forEach((file, each) -> first(file, each.text(), each::read));
    }

    private void open(Path file, FileState state) {
        if (state.problem() != null) {
            refuse(file, state.problem());
            return;
        }
        List<String> programs = explanation.programs(file, state.text());
        FileContent content = FileContent.of(file, state.text());
        Optional<String> taken = idTaken(file, content);
        if (!programs.isEmpty() || taken.isPresent()) {
            refuse(file, taken.orElseGet(() -> Explanation.summary(programs)));
            return;
        }
        first(file, state.text(), () -> files.put(file, RouteFile.open(context, file, state.text(), content)));
        if (runs(file)) {
            first(file, state.text(), files.get(file)::configure);
        }
    }

    /** Camel would put a route with the id of another file's route in the other's place. */
    Optional<String> idTaken(Path file, FileContent content) {
        return contents().entrySet().stream()
                .filter(other -> !other.getKey().equals(file))
                .flatMap(other -> content.idTakenFrom(other.getValue()).stream())
                .map(mistake -> mistake.sentence())
                .findFirst();
    }

    private void first(Path file, String text, RouteFile.Start start) {
        try {
            start.run();
        } catch (Exception | LinkageError | StackOverflowError e) {
            leaveOut(file, text, e);
        }
    }

    /**
     * Starts the routes of all files, once the context has started. A file whose routes do not start is left out: it is
     * reported, or waits.
     *
     * @throws Exception if a setting or a part that a route needs does not work
     */
    void start() throws Exception {
        // Cameras start last, because a new sink begins with the next event.
        for (Step step : List.<Step>of(RouteFile::run, each -> each.run(uses))) {
            for (Path file : List.copyOf(files.keySet())) {
                // What a route opens once the context has stopped, nobody would close.
                if (!context.isStarted()) {
                    throw new UnavailableException("Wayside was told to stop while it started.");
                }
                try {
                    step.take(files.get(file));
                } catch (Exception | LinkageError | StackOverflowError e) {
                    if (!context.isStarted() || StartFailure.isOutsideTheFile(e)) {
                        throw e;
                    }
                    leaveOut(file, files.get(file).text(), e);
                }
            }
        }
    }

    private void leaveOut(Path file, String text, Throwable failure) {
        RouteFile opened = files.remove(file);
        if (StartFailure.isOutage(failure) && explanation.mistakes(file, text).isEmpty()) {
            waiting.add(file, text, StartFailure.outage(file, failure));
        } else {
            refuse(file, sentence(file, text, opened, failure));
        }
        if (opened != null) {
            attempt(file, opened::remove);
        }
    }

    private String sentence(Path file, String text, RouteFile opened, Throwable failure) {
        return explanation.of(file, text, opened == null ? List.of() : opened.definitions(), failure);
    }

    /** Reports that a file cannot be used. */
    void refuse(Path file, String sentence) {
        problems.refuse(
                file,
                sentence,
                runs(file) ? "Its previous routes keep running." : "The other routes are not affected.");
    }

    /**
     * Runs files that do not run now.
     *
     * @param texts their texts, in the order in which their beans are created
     * @param waits whether a file that has failed for this reason waits for the next attempt
     * @return the first failure for which a file does not wait; the others may run or not
     */
    Optional<Failure> run(Map<Path, String> texts, BiPredicate<Path, Throwable> waits) {
        List<Step> steps = List.of(
                RouteFile::configure,
                RouteFile::read,
                each -> suspended.start(each, each::run),
                each -> suspended.start(each, () -> each.run(uses)));
        Optional<Failure> failure = Optional.empty();
        for (Path file : texts.keySet()) {
            String text = texts.get(file);
            failure = failure.or(() -> attempt(file, text, waits, () -> files.put(file, open(file, text))));
        }
        for (Step step : steps) {
            for (Path file : texts.keySet()) {
                if (failure.isEmpty() && runs(file)) {
                    failure = attempt(file, texts.get(file), waits, () -> step.take(files.get(file)));
                }
            }
        }
        if (failure.isEmpty()) {
            texts.keySet().stream().filter(this::runs).forEach(waiting::started);
        }
        return failure;
    }

    private RouteFile open(Path file, String text) throws Exception {
        return RouteFile.open(context, file, text, FileContent.of(file, text));
    }

    private Optional<Failure> attempt(
            Path file, String text, BiPredicate<Path, Throwable> waits, RouteFile.Start start) {
        try {
            start.run();
            return Optional.empty();
        } catch (Exception | LinkageError | StackOverflowError e) {
            return failed(file, text, e, waits);
        }
    }

    private Optional<Failure> failed(Path file, String text, Throwable failure, BiPredicate<Path, Throwable> waits) {
        RouteFile opened = files.remove(file);
        boolean again = context.isStarted() && waits.test(file, failure);
        Optional<Failure> result =
                again ? Optional.empty() : Optional.of(new Failure(sentence(file, text, opened, failure), failure));
        if (again) {
            waiting.add(file, text, StartFailure.outage(file, failure));
        }
        if (opened != null) {
            attempt(file, opened::remove);
        }
        return result;
    }

    /** Removes the routes of files; they no longer wait, either. */
    void remove(Collection<Path> some) {
        for (Path file : some) {
            waiting.remove(file);
            RouteFile former = files.remove(file);
            if (former != null) {
                suspended.remember(former);
                attempt(file, former::remove);
            }
        }
    }

    /** Removes the routes of a deleted file. */
    void forget(Path file) {
        RouteFile former = files.get(file);
        remove(List.of(file));
        if (former != null) {
            suspended.forget(former);
        }
    }

    private static void attempt(Path file, RouteFile.Start what) {
        try {
            what.run();
        } catch (Exception e) {
            log.warn("The previous routes of {} could not be removed: {}", file, Reason.of(e));
        }
    }
}
