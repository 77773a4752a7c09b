package dev.wayside.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a program says to its end, so that the program never waits for a reader, and keeps the last lines of it.
 * Thread-safe.
 */
final class LastWords {
    private static final Logger log = LoggerFactory.getLogger(LastWords.class);
    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 300;
    private static final int CHUNK = 1 << 12;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread thread;

    /**
     * Starts to read.
     *
     * @param program its name, for the log
     * @param said its standard error output; closed at its end
     */
    LastWords(String program, InputStream said) {
        thread = new Thread(() -> read(program, said), "camera-" + program);
        thread.setDaemon(true);
        thread.start();
    }

    private void read(String program, InputStream said) {
        try (said) {
            byte[] bytes = new byte[CHUNK];
            StringBuilder line = new StringBuilder();
            for (int count = said.read(bytes); count >= 0; count = said.read(bytes)) {
                // Each byte that is not ASCII becomes a question mark later; the messages that count are ASCII.
                for (char character : new String(bytes, 0, count, StandardCharsets.ISO_8859_1).toCharArray()) {
                    if (character == '\n' || character == '\r') {
                        add(program, line);
                    } else if (line.length() < LONGEST_LINE) {
                        line.append(character < ' ' || character > '~' ? '?' : character);
                    }
                }
            }
            add(program, line);
        } catch (IOException e) {
            // The pipe was closed with the process.
            log.debug("{} says no more", program, e);
        }
    }

    private void add(String program, StringBuilder line) {
        String text = line.toString().strip();
        line.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        log.debug("{}: {}", program, text);
        synchronized (lines) {
            lines.addLast(text);
            if (lines.size() > MOST_LINES) {
                lines.removeFirst();
            }
        }
    }

    /** Waits at most this long until the program has said everything. */
    void await(long millis) throws InterruptedException {
        thread.join(millis);
    }

    /** At most 20 lines of at most 300 printable ASCII characters, the oldest first. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
