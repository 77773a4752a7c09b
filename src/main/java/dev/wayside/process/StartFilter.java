package dev.wayside.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Until the start screen has been shown, drops the lines that it repeats: which pictures a camera delivers, which model
 * detects, and which connections are made. Warnings pass. With {@code log.level=debug}, everything passes.
 */
public final class StartFilter extends TurboFilter {
    private static final Pattern REPEATED = Pattern.compile("dev\\.wayside\\.(camera|detect|mqtt)\\..*");

    private volatile boolean ended;

    private StartFilter() {}

    /** Begins to filter the log of this process. */
    public static StartFilter install() {
        StartFilter filter = new StartFilter();
        ((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(filter);
        return filter;
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable failure) {
        return !ended
                        && level == Level.INFO
                        && !logger.isDebugEnabled()
                        && REPEATED.matcher(logger.getName()).matches()
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    /** From now on, everything passes. */
    public void end() {
        ended = true;
    }
}
