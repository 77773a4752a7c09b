package dev.wayside.camera;

import dev.wayside.failure.Reason;
import dev.wayside.machine.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running program that streams pictures to its standard output. If Wayside is killed, the program ends as well: the kernel
 * sends it a signal where setpriv (util-linux) is installed, and elsewhere it ends when it next writes, because nobody reads
 * its pipe any more.
 */
final class RpicamProcess implements AutoCloseable {
    private static final Duration TO_STOP = Duration.ofMillis(500);

    private final Process process;
    private final InputStream pictures;
    private final LastWords words;

    private RpicamProcess(String name, Process process) {
        this.process = process;
        this.pictures = process.getInputStream();
        this.words = new LastWords(name, process.getErrorStream());
    }

    /**
     * Starts the program. It ends at the latest with the calling thread.
     *
     * @param searchPath where to look for setpriv, as in {@code PATH}
     */
    static RpicamProcess start(Path program, List<String> arguments, String searchPath) throws CameraFailure {
        List<String> command = new ArrayList<>();
        // The parent of the program is the calling thread, whose end is its signal.
        Programs.find(searchPath, List.of("setpriv"))
                .ifPresent(setpriv -> command.addAll(List.of(setpriv.toString(), "--pdeathsig", "TERM")));
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // Settings, and among them passwords.
        builder.environment().keySet().removeIf(name -> name.startsWith("WAYSIDE_"));
        try {
            return new RpicamProcess(program.getFileName().toString(), builder.start());
        } catch (IOException e) {
            throw new CameraFailure(program + " cannot be started: " + Reason.ofRoot(e));
        }
    }

    /**
     * Waits for the next bytes.
     *
     * @return how many came; -1 if the program has ended or was stopped
     */
    int read(byte[] into) {
        try {
            return pictures.read(into);
        } catch (IOException e) {
            // Java closes the pipe when the program ends, which can be while somebody reads it.
            return -1;
        }
    }

    /** What the program said last, the oldest line first. */
    List<String> words() {
        return words.lines();
    }

    /** The exit code of a program that has closed its output; it is stopped if it does not end by itself. */
    int exitCode() {
        end();
        return process.isAlive() ? 0 : process.exitValue();
    }

    /**
     * Ends the program with its child processes, which have the pipe open as well; by force if they do not end by themselves
     * within 0.5 s. Returns at once.
     */
    void stop() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture.delayedExecutor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> all.forEach(ProcessHandle::destroyForcibly));
    }

    /** Ends the program and waits until it is gone, at most 1 s: it must not hold the camera during the next attempt. */
    @Override
    public void close() {
        stop();
        end();
    }

    private void end() {
        try {
            if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
            words.await(TO_STOP.toMillis());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
