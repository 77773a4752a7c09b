package dev.wayside.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Wayside in another folder than that of the tests, as somebody cloned it. */
public final class WaysideCopy {
    private static final List<String> RUNS = List.of("wayside", "routes", "kamelets", "models", "samples");
    private static final List<String> BUILT = List.of("target/wayside.jar", "target/lib");
    private static final List<String> SOURCES =
            List.of("pom.xml", ".mvn", "dev", "processors", "src/main", "src/generated");

    private WaysideCopy() {}

    /** What runs, as it is built here. */
    public static Path built(Path folder) throws IOException {
        copy(RUNS, folder);
        copy(BUILT, folder);
        return folder;
    }

    /** What a clone has, without its tests. */
    public static Path sources(Path folder) throws IOException {
        copy(RUNS, folder);
        copy(SOURCES, folder);
        return folder;
    }

    private static void copy(List<String> names, Path folder) throws IOException {
        for (String name : names) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(Path.of(name))) {
                files = walk.filter(Files::isRegularFile).toList();
            }
            for (Path file : files) {
                Path target = folder.resolve(file.toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Gives folders, with all that is in them, to somebody; needs root's rights. */
    public static void give(String owner, Path... folders) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("chown", "-R", owner, "--"));
        Stream.of(folders).map(Path::toString).forEach(command::add);
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
