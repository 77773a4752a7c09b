package dev.wayside.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShutdownFilterTest {
    private final LoggerContext context = new LoggerContext();

    @ParameterizedTest
    @CsvSource({
        "org.apache.camel.impl.engine.AbstractCamelContext, ERROR, DENY",
        "org.example, WARN, DENY",
        "org.example, DEBUG, NEUTRAL",
        "dev.wayside.mqtt.Connector, WARN, DENY",
        "dev.wayside.mqtt.Connector, INFO, NEUTRAL",
        "dev.wayside.assembly.Application, ERROR, NEUTRAL",
        "dev.wayside.assembly.Application, INFO, NEUTRAL",
    })
    void warningsOfLibrariesAndBrokerConnectionsAreDroppedDuringShutdown(
            String logger, String level, FilterReply reply) {
        assertEquals(reply, decide(new ShutdownFilter(() -> true), logger, level));
    }

    @Test
    void allMessagesPassWhileTheJvmRuns() {
        assertEquals(FilterReply.NEUTRAL, decide(new ShutdownFilter(), "org.example", "ERROR"));
    }

    private FilterReply decide(ShutdownFilter filter, String logger, String level) {
        return filter.decide(null, context.getLogger(logger), Level.valueOf(level), "It failed", null, null);
    }
}
