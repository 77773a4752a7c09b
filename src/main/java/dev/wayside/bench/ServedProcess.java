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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code wayside run} in a process of its own, with the JVM flags of this one, and with its page on a free port. */
final class ServedProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int KB_PER_MB = 1024;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final int port = Ports.free();
    private final String password = NewPassword.random();
    private final Path log;
    private final Path passwordFile;
    private final Process process;

    /**
     * Starts the process.
     *
     * @param mainClass the class to start
     * @param settings each {@code key=value}
     * @throws IOException if it cannot be started
     */
    ServedProcess(Class<?> mainClass, List<String> settings) throws IOException {
        log = Files.createTempFile("wayside-bench", ".log");
        passwordFile = Files.writeString(Files.createTempFile("wayside-bench", ".password"), password);
        ProcessBuilder builder = new ProcessBuilder(command(mainClass, settings))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // They would override those of the measurement.
        builder.environment().keySet().removeIf(name -> name.startsWith("WAYSIDE_HTTP_"));
        process = builder.start();
    }

    private List<String> command(Class<?> mainClass, List<String> settings) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName(), "run"));
        Stream.concat(settings.stream(), pageSettings().stream())
                .forEach(setting -> command.addAll(List.of("--set", setting)));
        return command;
    }

    /** The page in the user's settings can be elsewhere, have a certificate, and ask for a password that is not known here. */
    private List<String> pageSettings() {
        return List.of(
                PageKeys.HOST + "=127.0.0.1",
                PageKeys.PORT + "=" + port,
                PageKeys.PASSWORD_FILE + "=" + passwordFile,
                PageKeys.CERTIFICATE_FILE + "=",
                PageKeys.KEY_FILE + "=");
    }

    /** The value of the header {@code Authorization}. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString(("wayside:" + password).getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return port;
    }

    Instant started() {
        return process.info().startInstant().orElseGet(Instant::now);
    }

    /**
     * Waits for an event on the page's event stream, which begins with the latest one.
     *
     * @return its JSON
     * @throws IOException if the process has ended, or delivers none in time
     */
    String awaitEvent() throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(START_TIMEOUT);
        while (Instant.now().isBefore(latest)) {
            if (!process.isAlive()) {
                throw new IOException("wayside run ended by itself:\n" + Files.readString(log));
            }
            try (InputStream events = open("/api/events")) {
                return firstData(events);
            } catch (IOException e) {
                // The server is not up yet.
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        throw new IOException(
                "wayside run delivered no event within " + START_TIMEOUT.toSeconds() + " s:\n" + Files.readString(log));
    }

    private static String firstData(InputStream events) throws IOException {
        byte[] buffer = new byte[4096];
        StringBuilder text = new StringBuilder();
        for (int n = events.read(buffer); n >= 0; n = events.read(buffer)) {
            text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            int start = text.indexOf("data:");
            int end = start < 0 ? -1 : text.indexOf("\n", start);
            if (end >= 0) {
                return text.substring(start + "data:".length(), end);
            }
        }
        throw new IOException("the event stream ended");
    }

    /** Opens a path of the page; the caller closes the stream. */
    InputStream open(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization())
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException(path + " answers " + response.statusCode());
        }
        return response.body();
    }

    /** Resident memory in MiB. */
    long residentMegabytes() throws IOException {
        Matcher matcher = RSS.matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
        if (!matcher.find()) {
            throw new IOException("the process status contains no VmRSS");
        }
        return Long.parseLong(matcher.group(1)) / KB_PER_MB;
    }

    /** The processor time that it has used so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
        Files.deleteIfExists(passwordFile);
    }
}
