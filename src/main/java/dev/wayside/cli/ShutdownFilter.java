package dev.wayside.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.BooleanSupplier;
import org.slf4j.Marker;

/**
 * Drops what libraries log once the JVM shuts down. They complain about the shutdown itself: a start that is under way,
 * for example, fails as soon as it registers a shutdown hook. Wayside's own messages pass.
 */
final class ShutdownFilter extends TurboFilter {
    private static final String OURS = "dev.wayside";
    private static final Thread NO_HOOK = new Thread("never started");

    private final BooleanSupplier shuttingDown;

    /** Asks the JVM. */
    ShutdownFilter() {
        this(ShutdownFilter::isJvmShuttingDown);
    }

    ShutdownFilter(BooleanSupplier shuttingDown) {
        this.shuttingDown = shuttingDown;
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable failure) {
        boolean ofALibrary = !logger.getName().startsWith(OURS);
        return ofALibrary && level.isGreaterOrEqual(Level.WARN) && shuttingDown.getAsBoolean()
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    /** The JVM has no query for it, but refuses every change of its hooks from the moment on that they begin to run. */
    private static boolean isJvmShuttingDown() {
        try {
            Runtime.getRuntime().removeShutdownHook(NO_HOOK);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
