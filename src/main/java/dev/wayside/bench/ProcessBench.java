package dev.wayside.bench;

import dev.wayside.access.NewPassword;
import dev.wayside.config.PageKeys;
import dev.wayside.net.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs {@code wayside run} in a separate process with the JVM flags of this one, and reads its page as a browser does.
 * Measures the time to the first event and the resident memory.
 */
public final class ProcessBench {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int KB_PER_MB = 1024;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final String password = NewPassword.random();

    /**
     * The measured figures.
     *
     * @param firstEventMillis from the start of the JVM to the first event on the page's event stream
     * @param rssMegabytes resident memory at the end, MiB
     */
    public record Seen(long firstEventMillis, long rssMegabytes) {}

    /**
     * Starts Wayside in a process of its own, watches its page and reads its memory.
     *
     * @param mainClass the class to start
     * @param settings each {@code key=value}
     * @param watched how long to watch the page before the memory is read
     * @throws IOException if the process cannot be started, ends too early or does not answer
     */
    public Seen run(Class<?> mainClass, List<String> settings, Duration watched)
            throws IOException, InterruptedException {
        int port = Ports.free();
        Path log = Files.createTempFile("wayside-bench", ".log");
        Path passwordFile = Files.writeString(Files.createTempFile("wayside-bench", ".password"), password);
        ProcessBuilder builder = new ProcessBuilder(command(mainClass, settings, pageSettings(port, passwordFile)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // They would override those of the measurement.
        builder.environment().keySet().removeIf(name -> name.startsWith("WAYSIDE_HTTP_"));
        Process process = builder.start();
        try {
            Instant started = process.info().startInstant().orElseGet(Instant::now);
            Instant first = awaitFirstEvent(process, port, log);
            watchPicture(port, watched);
            return new Seen(Duration.between(started, first).toMillis(), rss(process) / KB_PER_MB);
        } finally {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(log);
            Files.deleteIfExists(passwordFile);
        }
    }

    /** The page in the user's settings can be elsewhere, have a certificate, and ask for a password that is not known here. */
    private static List<String> pageSettings(int port, Path passwordFile) {
        return List.of(
                PageKeys.HOST + "=127.0.0.1",
                PageKeys.PORT + "=" + port,
                PageKeys.PASSWORD_FILE + "=" + passwordFile,
                PageKeys.CERTIFICATE_FILE + "=",
                PageKeys.KEY_FILE + "=");
    }

    private static List<String> command(Class<?> mainClass, List<String> settings, List<String> pageSettings) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName(), "run"));
        Stream.concat(settings.stream(), pageSettings.stream())
                .forEach(setting -> command.addAll(List.of("--set", setting)));
        return command;
    }

    /** Polls, because the server is not up yet. The event stream starts with the latest event. */
    private Instant awaitFirstEvent(Process process, int port, Path log) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(START_TIMEOUT);
        while (Instant.now().isBefore(latest)) {
            if (!process.isAlive()) {
                throw new IOException("wayside run ended by itself:\n" + Files.readString(log));
            }
            try (InputStream events = open(port, "/api/events")) {
                byte[] buffer = new byte[4096];
                StringBuilder text = new StringBuilder();
                for (int n = events.read(buffer); n >= 0; n = events.read(buffer)) {
                    text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    if (text.indexOf("data:") >= 0) {
                        return Instant.now();
                    }
                }
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        throw new IOException(
                "wayside run delivered no event within " + START_TIMEOUT.toSeconds() + " s:\n" + Files.readString(log));
    }

    private void watchPicture(int port, Duration watched) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (InputStream picture = open(port, "/stream.mjpg")) {
            Thread viewer = new Thread(
                    () -> {
                        try {
                            picture.transferTo(java.io.OutputStream.nullOutputStream());
                        } catch (IOException e) {
                            // Closing the stream below ends it.
                        } finally {
                            ended.countDown();
                        }
                    },
                    "viewer");
            viewer.setDaemon(true);
            viewer.start();
            if (ended.await(watched.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the live picture ended by itself");
            }
        }
    }

    private InputStream open(int port, String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString(("wayside:" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + login)
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException(path + " answers " + response.statusCode());
        }
        return response.body();
    }

    private static long rss(Process process) throws IOException {
        Matcher matcher = RSS.matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
        if (!matcher.find()) {
            throw new IOException("the process status contains no VmRSS");
        }
        return Long.parseLong(matcher.group(1));
    }
}
