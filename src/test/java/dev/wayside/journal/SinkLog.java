package dev.wayside.journal;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects the log messages about the conditions of sinks while it is open. */
final class SinkLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(SinkCondition.class);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    SinkLog() {
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getLevel() + " " + event.getFormattedMessage());
    }

    /** The messages about one sink, each after its level. */
    List<String> of(String sink) {
        return lines.stream()
                .filter(line -> line.matches("(WARN|INFO) \\Q" + sink + "\\E[: ].*"))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
