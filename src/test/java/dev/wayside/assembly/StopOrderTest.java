package dev.wayside.assembly;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wayside.camera.Camera;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import dev.wayside.frame.RightOfWay;
import dev.wayside.metrics.FrameMeters;
import dev.wayside.processors.Detect;
import dev.wayside.processors.Grab;
import dev.wayside.processors.ReportFailure;
import dev.wayside.status.Failures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StopOrderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CompletableFuture<Thread> analysing = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /** As on a loaded machine: the frame waits for the detector until long after the stop began. */
    @Test
    void aFrameInFlightDuringTheStopCausesNoWarning() throws Exception {
        assertEquals(List.of(), warningsAfterStopIn(this::detect));
    }

    /** As above, for every other step. */
    @Test
    void aStepThatFailsDuringTheStopCausesNoWarning() throws Exception {
        assertEquals(List.of(), warningsAfterStopIn(parts -> exchange -> {
            throw new IllegalStateException("The journal is closed.");
        }));
    }

    private List<String> warningsAfterStopIn(Function<Parts, Processor> step) throws Exception {
        Home home = new Home(Path.of("").toAbsolutePath(), Path.of("").toAbsolutePath());
        Settings settings = SettingsLoader.load(home, List.of(), Map.of());
        Parts parts = new Parts(home, settings, new EffectiveSettings(settings, home));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        all.addAppender(log);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            parts.bindTo(context);
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.getShutdownStrategy().setTimeout(200);
            Camera front = parts.cameras().get().get("front");
            // A frame is counted shortly before it can be taken; after the second, there is one.
            await().atMost(PATIENCE).until(() -> front.status().frames() > 1);
            context.addRoutes(camera(parts, step.apply(parts)));
            context.start();
            Thread timer = analysing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            context.stop();
            parts.close();
            stopped.complete(null);
            timer.join(PATIENCE.toMillis());
            assertFalse(timer.isAlive());
        } finally {
            all.detachAppender(log);
        }
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Processor detect(Parts parts) {
        return new Detect(
                parts.detector().get(),
                new FrameMeters(new SimpleMeterRegistry(), System::nanoTime),
                new RightOfWay(),
                "front");
    }

    private RouteBuilder camera(Parts parts, Processor step) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                Failures failures = (Failures) getContext().getRegistry().lookupByName("failures");
                onException(Exception.class).handled(true).process(new ReportFailure(failures));
                from("timer:front?delay=0&repeatCount=1")
                        .routeId("camera-front")
                        .process(new Grab(parts.cameras().get(), "front"))
                        .process(exchange -> {
                            analysing.complete(Thread.currentThread());
                            // Like the detector's lock, not woken by an interrupt.
                            stopped.join();
                            step.process(exchange);
                        });
            }
        };
    }
}
