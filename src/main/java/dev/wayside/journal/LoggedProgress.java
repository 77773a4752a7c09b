package dev.wayside.journal;

import dev.wayside.status.Progress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress as lines of the log, because the journal is also repaired where nobody watches. */
final class LoggedProgress implements Progress.Output {
    private static final Logger log = LoggerFactory.getLogger(LoggedProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void running(String line) {
        log.info("{}", line);
    }

    @Override
    public void ended(String line) {
        log.info("{}", line);
    }
}
