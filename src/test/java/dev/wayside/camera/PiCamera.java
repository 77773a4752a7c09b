package dev.wayside.camera;

import dev.wayside.frame.VideoFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A folder with programs that stand in for those of a Raspberry Pi's camera. The real ones need its hardware.
 */
public final class PiCamera {
    /** Their numbers in the program's script. */
    static final int WORKS = 0;

    static final int NONE = 1;
    static final int BUSY = 2;
    static final int WRONG_MODE = 3;
    static final int DIES = 4;
    static final int SILENT = 5;
    static final int TALKS = 6;
    static final int STUBBORN = 7;
    static final int ENDS = 8;
    static final int NOT_THERE = 9;

    private static final int PICTURES = 5;

    private final Path folder;

    /** Installs the programs, with pictures of the sample clip. */
    PiCamera(Path folder) {
        this.folder = folder;
        install(folder, "rpicam-vid", "rpicam-vid");
        try (UnpacedFrames clip = new UnpacedFrames(TestCamera.HOME)) {
            Path pictures = Files.createDirectory(folder.resolve("pictures"));
            for (int i = 0; i < PICTURES; i++) {
                try (VideoFrame frame = clip.next()) {
                    Files.write(pictures.resolve(i + ".jpg"), Pictures.encoded("jpg", Pictures.shown(frame)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Installs a program that stands in for one of a Raspberry Pi's.
     *
     * @param script in the test's resources
     * @param name of the program
     */
    public static void install(Path folder, String script, String name) {
        try (var in = Objects.requireNonNull(PiCamera.class.getResourceAsStream("/rpicam/" + script))) {
            Path program = folder.resolve(name);
            Files.copy(in, program);
            if (!program.toFile().setExecutable(true)) {
                throw new IllegalStateException(program + " cannot be made executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code PATH} is with these programs in front. */
    String searchPath() {
        return folder + ":/usr/bin:/bin";
    }

    /** The command lines so far, without the program. */
    List<String> commandLines() {
        return lines("arguments");
    }

    /** The environment of the last start. */
    List<String> environment() {
        return lines("environment");
    }

    /** The processes so far that were started for a camera. */
    List<Long> pids(int camera) {
        return lines("pids-" + camera).stream().map(Long::valueOf).toList();
    }

    /** Whether one of them runs. */
    boolean runs(int camera) {
        return pids(camera).stream()
                .anyMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }

    private List<String> lines(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
