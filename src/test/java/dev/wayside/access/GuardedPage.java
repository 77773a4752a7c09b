package dev.wayside.access;

import dev.wayside.live.LiveLimits;
import dev.wayside.live.LivePage;
import dev.wayside.live.LiveView;
import dev.wayside.servers.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The real page, without pictures, on Camel's real server with the guard, and a path of a user's route. */
final class GuardedPage implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    final int port = Programs.freePort();
    final List<String> console = new CopyOnWriteArrayList<>();
    final PageAccess access;
    /** How many requests have reached the user's route. */
    final AtomicInteger mine = new AtomicInteger();

    private final String scheme;
    private final Main main = new Main();
    private final LiveView live = new LiveView(List.of("front"), 80);

    /** A page on all addresses with the password above. */
    static GuardedPage onTheNetwork(Path directory) throws Exception {
        new PasswordFile(directory.resolve(PasswordFile.NAME)).set(PASSWORD);
        return new GuardedPage(settings("0.0.0.0", directory));
    }

    static AccessSettings settings(String host, Path directory) {
        return settings(host, directory, Duration.ofHours(1));
    }

    static AccessSettings settings(String host, Path directory, Duration sessionTimeout) {
        return new AccessSettings(
                host,
                "pi-01",
                List.of("cam.example"),
                directory.resolve(PasswordFile.NAME),
                Optional.empty(),
                "",
                "",
                sessionTimeout);
    }

    GuardedPage(AccessSettings settings) throws Exception {
        scheme = settings.hasCertificate() ? "https" : "http";
        access = new PageAccess(settings, console::add);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.main.name", "guarded-page-test");
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", settings.host());
        main.addInitialProperty("camel.server.port", String.valueOf(port));
        main.bind("pageAccess", access);
        main.bind("livePage", new LivePage(live, port, () -> Map.of("page", access.status()), LiveLimits.DEFAULT));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/mine")
                        .process(exchange -> mine.incrementAndGet())
                        .setBody(constant("done"));
                from("platform-http:/health/mine").setBody(constant("done"));
            }
        });
        main.start();
    }

    Main main() {
        return main;
    }

    String url() {
        return scheme + "://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        main.stop();
        live.close();
    }
}
