package dev.wayside.routes;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with the files of the folders: once in the log, and in the status until it is mended. One thread at a
 * time may change them; the status can be read from any.
 */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);

    private final Map<Path, String> sentences = new ConcurrentSkipListMap<>();
    /** The refusals since the last report, each with its consequence. */
    private final Map<Path, String> refusals = new LinkedHashMap<>();
    /** The sentence about each refused file in the log. */
    private final Map<Path, String> said = new HashMap<>();

    /**
     * A file is not used. The log says so with the next {@link #report()}.
     *
     * @param consequence what happens instead, as a sentence
     */
    void refuse(Path file, String sentence, String consequence) {
        sentences.put(file, sentence);
        refusals.put(file, consequence);
    }

    /** A file was saved: if it is refused again, this is said again. */
    void saved(Path file) {
        said.remove(file);
    }

    /** Logs the refusals that were not said before, and are not solved meanwhile by a change of another file. */
    void report() {
        refusals.forEach((file, consequence) -> {
            String sentence = sentences.get(file);
            if (!sentence.equals(said.put(file, sentence))) {
                log.warn("{} {}", sentence, consequence);
            }
        });
        refusals.clear();
    }

    /** Something is wrong about a file or folder; logged unless it was said before. */
    void warn(Path about, String sentence) {
        if (!sentence.equals(sentences.put(about, sentence))) {
            log.warn(sentence);
        }
    }

    void solved(Path about) {
        sentences.remove(about);
        refusals.remove(about);
        said.remove(about);
    }

    boolean isAbout(Path file) {
        return sentences.containsKey(file);
    }

    Collection<String> all() {
        return sentences.values();
    }

    /** Each with a {@code reason}. */
    List<Map<String, Object>> status() {
        return sentences.values().stream()
                .map(reason -> Map.<String, Object>of("name", "routes", "reason", reason))
                .toList();
    }
}
