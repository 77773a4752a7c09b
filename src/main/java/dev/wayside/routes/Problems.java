package dev.wayside.routes;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the files of the folders: once in the log, and in the status until it is mended. Thread-safe. */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(RouteFolder.class);

    private final Map<Path, String> sentences = new ConcurrentSkipListMap<>();

    /**
     * A file is not used.
     *
     * @param consequence what happens instead, as a sentence
     */
    void refuse(Path file, String sentence, String consequence) {
        sentences.put(file, sentence);
        log.warn("{} {}", sentence, consequence);
    }

    /** Something is wrong about a file or folder; logged unless it was said before. */
    void warn(Path about, String sentence) {
        if (!sentence.equals(sentences.put(about, sentence))) {
            log.warn(sentence);
        }
    }

    void solved(Path about) {
        sentences.remove(about);
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
