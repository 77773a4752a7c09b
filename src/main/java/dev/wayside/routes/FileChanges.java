package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.validation.FileContent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces files while everything runs. A file is replaced as a whole, together with those that use its beans or templates:
 * either all of them start, or all are as before. A file that cannot start because something outside is away waits for it.
 * For one thread at a time.
 */
final class FileChanges {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);

    private final CamelContext context;
    private final RunningFiles running;
    private final WaitingFiles waiting;
    private final Dependencies dependencies;
    private final Problems problems;
    private final FileCheck check;
    /** Files that were refused only when their routes started, although nothing was wrong with their text. */
    private final Set<Path> notStarted = new HashSet<>();

    FileChanges(
            CamelContext context,
            RunningFiles running,
            WaitingFiles waiting,
            Dependencies dependencies,
            Problems problems,
            Explanation explanation) {
        this.context = context;
        this.running = running;
        this.waiting = waiting;
        this.dependencies = dependencies;
        this.problems = problems;
        this.check = new FileCheck(context, running, explanation);
    }

    /** Replaces the routes of a file by those of its new text, if that is valid. */
    void take(Path file, FileState state) {
        notStarted.remove(file);
        if (running.runs(file) && running.text(file).equals(state.text()) && state.problem() == null) {
            problems.solved(file);
            return;
        }
        Optional<String> refusal = check.refusal(file, state);
        if (refusal.isPresent()) {
            running.refuse(file, refusal.get());
        } else if (context.isStarted()) {
            replace(file, state.text());
        }
    }

    private void replace(Path file, String text) {
        boolean runs = running.runs(file);
        Map<Path, String> next = new LinkedHashMap<>(Map.of(file, text));
        Set<Path> users = usersOf(file, FileContent.of(file, text));
        users.forEach(user -> next.put(user, running.text(user)));
        try {
            // What runs is not given up for something that is away.
            replace(
                    next,
                    () -> {},
                    () -> {},
                    (failed, e) -> !(runs && failed.equals(file)) && StartFailure.isOutage(e));
            problems.solved(file);
            if (running.runs(file)) {
                log.info("{} was loaded{}", file, users.isEmpty() ? "" : "; restarted " + names(users));
            }
        } catch (RestartException e) {
            if (!context.isStarted()) {
                return;
            }
            if (waiting.contains(file) && StartFailure.isOutage(e.getCause())) {
                // The former routes do not start either.
                waiting.add(file, text, StartFailure.outage(file, e.getCause()));
                problems.solved(file);
            } else {
                notStarted.add(file);
                running.refuse(file, e.getMessage());
            }
        }
    }

    /** The files that must be loaded again together with a changed one. */
    private Set<Path> usersOf(Path file, FileContent next) {
        Map<Path, FileContent> contents = running.contents();
        FileContent former = contents.getOrDefault(file, FileContent.of(file, ""));
        if (!next.hasSameConfigurations(former)) {
            Set<Path> all = new LinkedHashSet<>(contents.keySet());
            all.remove(file);
            return all;
        }
        Set<String> offers = new TreeSet<>(former.offers());
        offers.addAll(next.offers());
        return dependencies.usersOf(contents, Set.of(file), offers);
    }

    /** Removes the routes of a deleted file. */
    void forget(Path file) {
        problems.solved(file);
        notStarted.remove(file);
        FileContent former = running.contents().get(file);
        if (former == null) {
            return;
        }
        running.forget(file);
        log.info("{} was deleted; its routes were removed", file);
        if (!former.hasSameConfigurations(FileContent.of(file, ""))) {
            Map<Path, String> others = texts(running.contents().keySet());
            running.remove(others.keySet());
            running.run(others, (other, e) -> true);
        }
    }

    /** Whether a refused file should be taken again because another file has changed. */
    boolean canRetry(Path file) {
        // Otherwise every save of any file would interrupt the routes that run.
        return !notStarted.contains(file) || !(running.runs(file) || waiting.contains(file));
    }

    /** Whether a file uses one of these kamelets, directly or through others. */
    boolean usesAny(FileContent content, Set<String> kamelets) {
        return !Collections.disjoint(dependencies.kameletsOf(content), kamelets);
    }

    /**
     * Tries the files again that wait, as far as it is time for them.
     *
     * @return whether one has started
     */
    boolean startWaiting() {
        boolean started = false;
        for (Path file : waiting.due()) {
            if (context.isStarted()) {
                running.run(Map.of(file, waiting.text(file)), (again, e) -> true);
                started |= running.runs(file);
            }
        }
        return started;
    }

    /** The files that run or wait and have a text or use a kamelet with a text that meets a condition. */
    Set<Path> where(Predicate<String> text) {
        return running.contents().entrySet().stream()
                .filter(file ->
                        text.test(running.text(file.getKey())) || dependencies.usesKamelet(file.getValue(), text))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files that use a kamelet, directly or through others. */
    Set<Path> usersOf(String kamelet) {
        return running.contents().entrySet().stream()
                .filter(file -> dependencies.kameletsOf(file.getValue()).contains(kamelet))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files with the templates of some routes. */
    Set<Path> withTemplates(Collection<TemplatedRoute> some) {
        return running.contents().entrySet().stream()
                .filter(file ->
                        some.stream().anyMatch(use -> file.getValue().offers().contains(use.template())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Restarts the routes of some files, whose texts have not changed, because something that they use has; also those of
     * files that use their beans or templates. Either all of them start, or all are as before.
     *
     * @param change makes the change while their routes are away
     * @param undo takes it back
     * @throws RestartException if a file's routes do not start after the change
     */
    void restart(Collection<Path> some, Runnable change, Runnable undo) throws RestartException {
        Set<Path> all = new LinkedHashSet<>(some);
        all.addAll(dependencies.usersOf(running.contents(), some, Set.of()));
        replace(texts(all), change, undo, (file, e) -> StartFailure.isOutage(e));
    }

    private void replace(Map<Path, String> next, Runnable change, Runnable undo, BiPredicate<Path, Throwable> waits)
            throws RestartException {
        Map<Path, String> former = texts(next.keySet());
        running.remove(next.keySet());
        change.run();
        Optional<RunningFiles.Failure> failure = running.run(next, waits);
        if (failure.isPresent()) {
            if (context.isStarted()) {
                running.remove(next.keySet());
                undo.run();
                running.run(former, (file, e) -> true);
            }
            throw new RestartException(failure.get());
        }
    }

    private Map<Path, String> texts(Collection<Path> some) {
        Set<Path> known = running.contents().keySet();
        Map<Path, String> texts = new LinkedHashMap<>();
        some.stream().filter(known::contains).forEach(file -> texts.put(file, running.text(file)));
        return texts;
    }

    static String names(Collection<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", "));
    }

    /** The routes of a file do not start after a change. */
    static final class RestartException extends InvalidInputException {
        private static final long serialVersionUID = 1L;

        RestartException(RunningFiles.Failure failure) {
            super(failure.sentence(), failure.cause());
        }
    }
}
