package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real server with the API of S3 (S3Proxy), in a process of its own: a bucket is a folder, and an object is a file. */
public final class S3Server implements Server {
    /** S3Proxy writes an object to a file of such a name, which it then renames. */
    private static final Pattern UNFINISHED = Pattern.compile(".*-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Path jars = MavenJars.copied("s3proxy");
    private final Path directory;
    private final int port = Programs.freePort();
    private Process process;

    /**
     * Prepares a server; {@link #start()} starts it.
     *
     * @param directory for its configuration, log and data
     * @param bucket the one that it has at the beginning
     */
    public S3Server(Path directory, String bucket) {
        this.directory = directory;
        try {
            Files.createDirectories(data().resolve(bucket));
            Files.writeString(
                    configuration(),
                    """
                    s3proxy.endpoint=%s
                    s3proxy.authorization=none
                    jclouds.provider=filesystem
                    jclouds.identity=none
                    jclouds.credential=none
                    jclouds.filesystem.basedir=%s
                    """
                            .formatted(url(), data()));
            // Otherwise it logs every byte.
            Files.writeString(logging(), "<configuration/>");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public S3Server start() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=" + logging(),
                            "-cp",
                            jars + "/*",
                            "org.gaul.s3proxy.Main",
                            "--properties",
                            configuration().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("s3.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().alias("the S3 server listens: " + directory)
                .atMost(Duration.ofSeconds(120))
                .failFast("the S3 server ended: " + directory, () -> !process.isAlive())
                .until(() -> Programs.answers(port));
        return this;
    }

    /** The contents of all finished objects of a bucket, in the order of their keys. */
    public List<String> objects(String bucket) {
        try (Stream<Path> files = Files.walk(data().resolve(bucket))) {
            List<String> contents = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!UNFINISHED.matcher(file.toString()).matches()) {
                    contents.add(Files.readString(file));
                }
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    private Path configuration() {
        return directory.resolve("s3proxy.properties");
    }

    private Path logging() {
        return directory.resolve("logback.xml");
    }

    private Path data() {
        return directory.resolve("data");
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            Programs.end(process);
        }
    }
}
