package dev.wayside.servers;

import static org.junit.jupiter.api.Assertions.fail;

import dev.wayside.net.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests start. */
public final class Programs {
    private static final int PORTS_OF_A_FORK = 9_000;
    /**
     * Below those that the system gives to whoever connects, and who might have one while its server restarts; tests in
     * another JVM beside have others.
     */
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(5_000
            + PORTS_OF_A_FORK * Integer.getInteger("fork.number", 1)
            + ThreadLocalRandom.current().nextInt(PORTS_OF_A_FORK - 1_000));

    private Programs() {}

    /**
     * Finds a program. Where it is missing, the test is skipped with a message; where {@code CI=true}, it fails.
     *
     * @param name of the program
     * @param debianPackage that brings it
     */
    public static Path require(String name, String debianPackage) {
        Optional<Path> program = Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/bin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            missing(name + " is missing; install it with: apt-get install " + debianPackage);
        }
        return program.get();
    }

    /** Asks a process to end in order; one that does not within half a minute is killed. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The beginning of a command that runs a store: with {@code -Dstores.nice=19} it makes way for all others. */
    static List<String> polite() {
        return List.of("nice", "-n", System.getProperty("stores.nice", "0"));
    }

    /** Skips the test with a message; where {@code CI=true}, it fails. */
    public static void missing(String message) {
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        Assumptions.abort(message);
    }

    /**
     * Finds the java of a JDK of at least this version, as {@link #findJava}. Where there is none, as {@link #require}.
     */
    public static Path requireJava(int version) {
        Optional<Path> java = findJava(candidate -> candidate >= version);
        if (java.isEmpty()) {
            missing("no JDK " + version + " or later; install one into /usr/lib/jvm or name it in JAVA25_HOME");
        }
        return java.get();
    }

    /** The java of the first JDK whose version is wanted: the one of these tests, {@code JAVA25_HOME}, one of Debian's. */
    public static Optional<Path> findJava(IntPredicate version) {
        Stream<Path> homes = Stream.concat(
                Stream.of(System.getProperty("java.home"), System.getenv("JAVA25_HOME"))
                        .filter(Objects::nonNull)
                        .map(Path::of),
                installedJdks());
        return homes.filter(home -> version.test(versionOf(home)))
                .map(home -> home.resolve("bin/java"))
                .findFirst();
    }

    private static Stream<Path> installedJdks() {
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the JDK's file {@code release} says; 0 for a folder that has none or has no compiler. */
    private static int versionOf(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of the loopback address that nobody uses now, and that nobody is given twice. */
    public static int freePort() {
        int port = NEXT_PORT.getAndIncrement();
        while (!isFree(port)) {
            port = NEXT_PORT.getAndIncrement();
        }
        return port;
    }

    private static boolean isFree(int port) {
        try {
            return Ports.probe(InetAddress.getLoopbackAddress().getHostAddress(), port) == port;
        } catch (IOException e) {
            return false;
        }
    }

    /** A new folder for a server, under the system's own for such. */
    public static Path folder(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder of a server with all that is in it. */
    public static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody listens there. */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
