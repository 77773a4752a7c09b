package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.status.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The progress of Maven's downloads, by what Maven prints. */
class DownloadProgressTest {
    private final List<String> shown = new ArrayList<>();
    private final Progress.Output output = new Progress.Output() {
        @Override
        public Duration interval() {
            return Duration.ZERO;
        }

        @Override
        public void running(String line) {
            shown.add(line);
        }

        @Override
        public void ended(String line) {
            shown.add(line);
        }
    };

    @Test
    void addsUpWhatWasDownloaded() {
        download(
                "[INFO] Scanning for projects...",
                "[INFO] Downloading from central: https://repo.maven.apache.org/maven2/a/b/1/b-1.jar",
                "[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/a/b/1/b-1.pom (2.0 kB at 41 kB/s)",
                "[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/a/b/1/b-1.jar (9.3 MB at 12 MB/s)",
                "[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/a/c/1/c-1.pom (900 B at 5 kB/s)");
        assertEquals("downloading kafka: begins", shown.get(0));
        assertTrue(shown.get(shown.size() - 1).matches("downloading kafka: 9[,.]?303 kB in .*"), shown::toString);
    }

    @Test
    void showsNothingIfNothingIsDownloaded() {
        download("[INFO] Scanning for projects...", "[INFO] BUILD SUCCESS");
        assertEquals(List.of(), shown);
    }

    private void download(String... lines) {
        try (DownloadProgress progress = new DownloadProgress("downloading kafka", output)) {
            Stream.of(lines).forEach(progress);
        }
    }
}
