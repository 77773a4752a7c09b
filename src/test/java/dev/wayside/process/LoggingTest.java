package dev.wayside.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import dev.wayside.config.Home;
import dev.wayside.config.SettingsLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class LoggingTest {
    private static final Exception FAILURE = new IllegalStateException(
            "the server is gone\nfor good", new NullPointerException("getStateManager() is null"));

    private final LoggerContext context = new LoggerContext();

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.activemq.artemis.core.protocol.mqtt", "org.example", "dev.wayside.live"})
    void anExceptionIsOneLineForEveryLogger(String logger) throws Exception {
        configure();
        String said = said(logger, FAILURE);
        assertTrue(
                said.endsWith("ERROR It failed (java.lang.IllegalStateException: the server is gone)"
                        + System.lineSeparator()),
                said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void aLineWithoutAnExceptionIsUnchanged() throws Exception {
        configure();
        assertTrue(said("dev.wayside.live", null).endsWith("ERROR It failed" + System.lineSeparator()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug", "trace"})
    void debugAndTraceIncludeTheStackTrace(String level) throws Exception {
        configure("log.level=" + level);
        String said = said("org.example", FAILURE);
        assertTrue(said.contains("\tat ") && said.contains("getStateManager() is null"), said);
    }

    @Test
    void jsonIsOneObjectWithoutAStackTrace() throws Exception {
        configure("log.format=json");
        String said = said("org.example", FAILURE);
        assertTrue(said.contains("\"formattedMessage\":\"It failed\""), said);
        assertFalse(said.contains("stepArray"), said);
        configure("log.format=json", "log.level=debug");
        assertTrue(said("org.example", FAILURE).contains("stepArray"));
    }

    private void configure(String... settings) throws Exception {
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
        Home home = new Home(Path.of("").toAbsolutePath(), Path.of("").toAbsolutePath());
        Logging.apply(SettingsLoader.load(home, List.of(settings), Map.of()), context);
    }

    private String said(String logger, Throwable failure) {
        OutputStreamAppender<ILoggingEvent> console = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
        LoggingEvent event =
                new LoggingEvent(null, context.getLogger(logger), Level.ERROR, "It failed", failure, new Object[0]);
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
