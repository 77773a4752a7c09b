package dev.wayside.routes;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wayside.validation.LazyValidator;
import dev.wayside.validation.ProgramPolicy;
import dev.wayside.validation.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.LoggerFactory;

/** A context with a routes folder, which is scanned while a method here waits, and the log lines about it. */
final class WatchedRoutes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(RouteFolder.class);

    private final Path directory;
    private final CamelContext context = new DefaultCamelContext();
    private final RouteFolder folder;
    private final Map<String, String> settings = new HashMap<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    WatchedRoutes(Path directory, TemplatedRoute... uses) {
        this(directory, Path.of("kamelets"), uses);
    }

    WatchedRoutes(Path directory, Path kamelets, TemplatedRoute... uses) {
        this.directory = directory;
        ProgramPolicy programs = new ProgramPolicy(List.of());
        LazyValidator validator = new LazyValidator(
                () -> new Surroundings(directory, kamelets, Map.copyOf(settings), Set.of("journal"), programs),
                programs);
        StrictDurations.install(context);
        ProgramGate.install(context, programs);
        folder = new RouteFolder(context, directory, kamelets, List.of(uses), validator);
        context.addLifecycleStrategy(new ReplacedKamelets(context));
        context.getShutdownStrategy().setTimeout(1);
        log.start();
        LOG.addAppender(log);
    }

    /** A route that returns a text. */
    static String route(String id, String answer) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - setBody:
                            constant: "%s"
                """
                .formatted(id, id, answer);
    }

    WatchedRoutes write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    WatchedRoutes write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve(name), content);
        return this;
    }

    /** Writes the file elsewhere, then moves it into the folder. */
    void moveIn(String name, String text) throws IOException {
        Path beside = Files.writeString(directory.resolve(name + ".new"), text);
        Files.move(beside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    WatchedRoutes start() throws Exception {
        folder.read();
        context.start();
        folder.start(false);
        return this;
    }

    /** Gives a setting a value before the start. */
    WatchedRoutes set(String key, String value) {
        settings.put(key, value);
        context.getPropertiesComponent().addOverrideProperty(key, value);
        return this;
    }

    /** Saves another value of a setting while the routes run. */
    void change(String key, String value) {
        String former = settings.get(key);
        folder.apply(List.of(key), List.of(), () -> set(key, value), () -> set(key, former));
    }

    CamelContext context() {
        return context;
    }

    /** What a route returns, or null if there is no such route. */
    String answer(String id) {
        return context.getRoute(id) == null
                ? null
                : context.createFluentProducerTemplate().to("direct:" + id).request(String.class);
    }

    void awaitAnswer(String id, String answer) {
        awaitScanned(() -> answer.equals(answer(id)));
    }

    void awaitGone(String id) {
        awaitScanned(() -> context.getRoute(id) == null);
    }

    /** Waits until the route is the one in this file. */
    void awaitSource(String id, String file) {
        awaitScanned(
                () -> context.getRoute(id).getSourceResource().getLocation().endsWith(file));
    }

    void awaitReason(String part) {
        awaitScanned(() -> reasons().stream().anyMatch(reason -> reason.contains(part)));
    }

    void awaitSaid(String part, int times) {
        awaitScanned(() -> said(part) >= times);
    }

    /** Waits until everything that was saved has been handled. */
    void awaitHandled() throws IOException {
        write("handled.yaml", route("handled", String.valueOf(System.nanoTime())));
        long before = said("handled.yaml was loaded");
        awaitScanned(() -> said("handled.yaml was loaded") > before);
    }

    void awaitNoReason() {
        awaitScanned(() -> reasons().isEmpty());
    }

    /** Scans here instead of twice a second; a change takes effect with the second scan. */
    private void awaitScanned(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> {
                    folder.scan();
                    return condition.call();
                });
    }

    List<String> reasons() {
        return folder.status().stream()
                .map(each -> each.get("reason").toString())
                .toList();
    }

    /** The number of log lines that contain this text. */
    long said(String part) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getFormattedMessage().contains(part))
                .count();
    }

    @Override
    public void close() {
        LOG.detachAppender(log);
        folder.close();
        context.stop();
    }
}
