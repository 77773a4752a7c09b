package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.io.TempDir;

/** A journal and a sink that collects its events. */
abstract class JournalSink {
    @TempDir
    Path directory;

    final List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
    final Processor receive = exchange -> received.addAll(batch(exchange));

    JournalFlow flow() throws Exception {
        return new JournalFlow(directory.resolve("data/journal.db"));
    }

    static Stream<Map<String, Object>> events(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(JournalFlow::event);
    }
}
