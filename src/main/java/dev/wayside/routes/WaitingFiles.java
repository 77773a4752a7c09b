package dev.wayside.routes;

import dev.wayside.validation.FileContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are valid but do not start, because something outside is away: a server, the network. They are tried again,
 * with waits that double up to a minute. The log says once that a file waits, and the status until it has started. One
 * thread at a time may change it; the status can be read from any.
 */
final class WaitingFiles {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Map<Path, Waiting> files = new ConcurrentSkipListMap<>();
    private final Random random = new Random();

    /**
     * A file that waits.
     *
     * @param reason why it did not start the last time
     * @param pause the wait before the next attempt, without jitter
     * @param due when it is tried again, by {@link System#nanoTime()}
     */
    private record Waiting(String text, FileContent content, String reason, Duration pause, long due) {}

    /** It did not start, or did not start again. */
    void add(Path file, String text, String reason) {
        Waiting former = files.get(file);
        boolean again = former != null && former.text.equals(text);
        Duration pause = again ? former.pause.multipliedBy(2) : FIRST_PAUSE;
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        long jittered = pause.toNanos() / 2 + random.nextLong(pause.toNanos() / 2);
        files.put(file, new Waiting(text, FileContent.of(file, text), reason, pause, System.nanoTime() + jittered));
        if (former == null) {
            log.warn("{} It is tried again until it does.", reason);
        }
    }

    /** It has started. */
    void started(Path file) {
        if (files.remove(file) != null) {
            log.info("{} has started", file);
        }
    }

    /** It is deleted or replaced. */
    void remove(Path file) {
        files.remove(file);
    }

    boolean contains(Path file) {
        return files.containsKey(file);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The text of a file that waits. */
    String text(Path file) {
        return files.get(file).text;
    }

    void addContents(Map<Path, FileContent> contents) {
        files.forEach((file, waiting) -> contents.put(file, waiting.content));
    }

    /** Those whose wait is over. */
    List<Path> due() {
        return files.entrySet().stream()
                .filter(file -> System.nanoTime() - file.getValue().due >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Each with a {@code reason}. */
    List<Map<String, Object>> status() {
        return files.values().stream()
                .map(waiting -> Map.<String, Object>of("name", "routes", "reason", waiting.reason))
                .toList();
    }
}
