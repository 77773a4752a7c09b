package dev.wayside.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.wayside.config.LogKeys;
import dev.wayside.config.Settings;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Applies the {@code log.*} settings on top of {@code logback.xml}. */
public final class Logging {
    private Logging() {}

    private static final String CONSOLE = "console";
    /** The property that keeps the pattern of logback.xml once another has replaced it. */
    private static final String REPLACED = "wayside.text-pattern";

    /** The pattern in logback.xml, with stack traces. */
    private static final String WITH_STACK_TRACES = "%d{HH:mm:ss.SSS} %-5level %msg%n%ex{full}";

    /** Configures the log of this process; also again, when settings have changed. */
    public static void configure(Settings settings) {
        // Without this, libraries that use java.util.logging would write to stderr, regardless of all settings.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        apply(settings, (LoggerContext) LoggerFactory.getILoggerFactory());
    }

    /**
     * Configures the log of a process whose output is a report: without {@code log.level=debug}, it logs nothing.
     */
    public static void configureForReport(Settings settings) {
        configure(settings);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (!context.getLogger("dev.wayside").isDebugEnabled()) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        }
    }

    static void apply(Settings settings, LoggerContext context) {
        Level level = Level.valueOf(settings.get(LogKeys.LEVEL).toUpperCase(Locale.ROOT));
        context.getLogger("dev.wayside").setLevel(level);
        boolean stackTraces = Level.DEBUG.isGreaterOrEqual(level);
        context.getTurboFilterList().removeIf(ShutdownFilter.class::isInstance);
        if (!stackTraces) {
            context.addTurboFilter(new ShutdownFilter());
        }
        if (settings.get(LogKeys.FORMAT).equals("json")) {
            use(json(stackTraces), context);
        } else if (stackTraces) {
            use(text(WITH_STACK_TRACES), context);
        } else if (context.getProperty(REPLACED) != null) {
            use(text(context.getProperty(REPLACED)), context);
        }
    }

    private static PatternLayoutEncoder text(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(pattern);
        return encoder;
    }

    private static JsonEncoder json(boolean stackTraces) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithThrowable(stackTraces);
        return encoder;
    }

    private static void use(Encoder<ILoggingEvent> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName(CONSOLE);
        console.setEncoder(encoder);
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(CONSOLE) instanceof ConsoleAppender<ILoggingEvent> former
                && former.getEncoder() instanceof PatternLayoutEncoder plain
                && context.getProperty(REPLACED) == null) {
            context.putProperty(REPLACED, plain.getPattern());
        }
        root.detachAndStopAllAppenders();
        root.addAppender(console);
    }
}
