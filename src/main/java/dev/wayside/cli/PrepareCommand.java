package dev.wayside.cli;

import dev.wayside.assembly.Application;
import dev.wayside.assembly.RouteChecks;
import dev.wayside.config.Home;
import dev.wayside.config.PageKeys;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import dev.wayside.net.Ports;
import dev.wayside.process.Logging;
import dev.wayside.validation.RouteValidator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code wayside prepare}: runs the whole pipeline on the sample video until its page shows a picture, and checks the
 * routes, so that the launcher's JVM can archive the loaded classes. It is not for users, and it ignores their settings to avoid side effects.
 */
@Command(name = "prepare", hidden = true, description = "Runs once to make the launcher's class archive.")
final class PrepareCommand implements Callable<Integer> {
    /** Long enough for slow machines: without a picture the launcher keeps no archive, and every later start is slow. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int NO_FRAME_YET = 503;

    @Parameters(arity = "1", paramLabel = "FOLDER", description = "where the archive will be")
    private Path archives;

    @Override
    public Integer call() throws Exception {
        Home current = Home.current();
        // Of its own, because two first starts can prepare at the same time.
        Path folder = Files.createTempDirectory(archives, "prepare-");
        try {
            return run(new Home(current.directory(), folder)) ? 0 : 1;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean run(Home home) throws Exception {
        int port = Ports.free();
        Settings settings = SettingsLoader.load(home, List.of(PageKeys.PORT + "=" + port), Map.of());
        Logging.configure(settings);
        try (Application application = new Application(home, settings, System.out::println)) {
            application.start();
            // The check of an edited file, which loads many classes of its own.
            RouteValidator validator = RouteChecks.validator(home, settings);
            validator.check(validator.all());
            return showsAPicture(port);
        }
    }

    /** Repeats the request, because the page itself gives up after a few seconds. */
    private static boolean showsAPicture(int port) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/snapshot.jpg"))
                .timeout(LONGEST)
                .build();
        long begin = System.nanoTime();
        int code;
        do {
            code = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
        } while (code == NO_FRAME_YET && System.nanoTime() - begin < LONGEST.toNanos());
        return code == 200;
    }
}
