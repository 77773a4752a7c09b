package dev.wayside.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScannerTest {
    private static final FileTime AN_HOUR_AGO = FileTime.from(Instant.now().minus(Duration.ofHours(1)));

    @TempDir
    Path folder;

    @Test
    void aFileThatHasNotChangedIsNotReadAgain() throws IOException {
        Path file = save("a.yaml", "- first", AN_HOUR_AGO);
        FolderScanner scanner = scanner();
        FileState first = scanner.first().get(file);
        assertTrue(scanner.next().isEmpty());
        assertSame(first, FileState.of(file, first));
        save("a.yaml", "- longer", AN_HOUR_AGO);
        assertEquals("- longer", FileState.of(file, first).text(), "another size");
    }

    /** The clock of the file system may be too coarse to tell the two apart. */
    @Test
    void aFileThatIsSavedTwiceAtTheSameTimeIsNoticed() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        Path file = save("a.yaml", "- first", now);
        FolderScanner scanner = scanner();
        scanner.first();
        save("a.yaml", "- again", now);
        assertTrue(scanner.next().isEmpty(), "it may still be written");
        assertEquals(Set.of(file), scanner.next().saved().keySet());
        FileState state = scanner.next().saved().get(file);
        assertEquals("- again", state.text(), "until it was handled");
        scanner.handled(file, state);
        assertTrue(scanner.next().isEmpty());
    }

    /** Kubernetes replaces a volume by changing one link, and the files may have any time. */
    @Test
    void aFileBehindALinkThatNowLeadsElsewhereIsNoticed() throws IOException {
        Files.createDirectory(folder.resolve("..1"));
        Files.createDirectory(folder.resolve("..2"));
        save("..1/a.yaml", "- first", AN_HOUR_AGO);
        save("..2/a.yaml", "- again", AN_HOUR_AGO);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Path file = Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
        FolderScanner scanner = scanner();
        assertEquals("- first", scanner.first().get(file).text());
        Path link = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..2"));
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        scanner.next();
        assertEquals("- again", scanner.next().saved().get(file).text());
    }

    @Test
    void aChangeThatCannotBeHandledIsHandedOnAgainAndHoldsUpNoOther() throws IOException {
        FolderScanner scanner = scanner();
        scanner.first();
        save("a.yaml", "- first", AN_HOUR_AGO);
        save("b.yaml", "- second", AN_HOUR_AGO);
        Problems problems = new Problems();
        List<String> handled = new ArrayList<>();
        FolderScanner.Handler fails = (file, state) -> {
            if (file.endsWith("a.yaml")) {
                throw new IllegalStateException("not now");
            }
            handled.add(file.getFileName().toString());
        };
        scanner.next(problems, fails);
        assertTrue(scanner.next(problems, fails));
        assertFalse(scanner.next(problems, fails), "b.yaml was handled once");
        assertEquals(List.of("b.yaml"), handled);
        assertEquals(List.of(folder + "/a.yaml cannot be loaded now: not now."), List.copyOf(problems.all()));
        scanner.next(problems, (file, state) -> handled.add(state.text()));
        assertEquals(List.of("b.yaml", "- first"), handled);
    }

    @Test
    void aFolderThatCannotBeReadIsNamedUntilItCan() throws IOException {
        AtomicBoolean denied = new AtomicBoolean(true);
        FolderScanner scanner = new FolderScanner(folder, file -> {
            if (denied.get()) {
                throw new UncheckedIOException(new AccessDeniedException(folder.toString()));
            }
            return true;
        });
        Problems problems = new Problems();
        save("a.yaml", "- first", AN_HOUR_AGO);
        assertFalse(scanner.next(problems, (file, state) -> {}));
        String reason = problems.all().iterator().next();
        assertTrue(reason.startsWith("The folder " + folder + " cannot be read: "), reason);
        denied.set(false);
        scanner.next(problems, (file, state) -> {});
        assertEquals(List.of(), List.copyOf(problems.all()));
    }

    private FolderScanner scanner() {
        return new FolderScanner(folder, file -> true);
    }

    private Path save(String name, String text, FileTime time) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setLastModifiedTime(file, time);
    }
}
