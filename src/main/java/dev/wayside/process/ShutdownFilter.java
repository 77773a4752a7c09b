package dev.wayside.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.BooleanSupplier;
import org.slf4j.Marker;

/**
 * Drops warnings of libraries once the JVM shuts down, because they complain about the shutdown itself. For example, a
 * startup still in progress fails when it registers a shutdown hook. Wayside's own messages pass.
 */
final class ShutdownFilter extends TurboFilter {
    private static final String OURS = "dev.wayside";
    private static final Thread NO_HOOK = new Thread("never started");

    private final BooleanSupplier shuttingDown;

    /** Detects the shutdown of this JVM. */
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

    /** The JVM has no method for this, but it refuses changes to its shutdown hooks as soon as they begin to run. */
    private static boolean isJvmShuttingDown() {
        try {
            Runtime.getRuntime().removeShutdownHook(NO_HOOK);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
