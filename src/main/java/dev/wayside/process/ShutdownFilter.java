package dev.wayside.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Marker;

/**
 * Drops warnings of libraries once the JVM shuts down, because they complain about the shutdown itself. For example, a
 * startup still in progress fails when it registers a shutdown hook. The same applies to the connections to MQTT brokers,
 * which the stop of the embedded broker or of a route closes. Wayside's other messages pass.
 */
final class ShutdownFilter extends TurboFilter {
    private static final Pattern DROPPED = Pattern.compile("(?!dev\\.wayside\\.).*|dev\\.wayside\\.mqtt\\..*");
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
        return level.isGreaterOrEqual(Level.WARN)
                        && DROPPED.matcher(logger.getName()).matches()
                        && shuttingDown.getAsBoolean()
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
