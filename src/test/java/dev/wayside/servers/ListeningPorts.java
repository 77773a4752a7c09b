package dev.wayside.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The TCP ports on which a process listens, as the kernel lists them. */
public final class ListeningPorts {
    private static final String LISTENS = "0A";
    private static final int HEXADECIMAL = 16;

    private ListeningPorts() {}

    /** Those of one process; none when it has ended. */
    public static Stream<Integer> of(long process) {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(process), "fd"))) {
            for (Path file : files.toList()) {
                socket(file, sockets);
            }
            return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                    .flatMap(table -> listening(Path.of(table), sockets).boxed());
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void socket(Path file, Set<String> sockets) throws IOException {
        try {
            sockets.add(Files.readSymbolicLink(file).toString().replaceAll("\\D", ""));
        } catch (NoSuchFileException e) {
            // The process has just closed it.
            sockets.remove("");
        }
    }

    private static IntStream listening(Path table, Set<String> sockets) {
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[3].equals(LISTENS) && sockets.contains(columns[9]))
                    .mapToInt(columns -> Integer.parseInt(columns[1].replaceFirst(".*:", ""), HEXADECIMAL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
