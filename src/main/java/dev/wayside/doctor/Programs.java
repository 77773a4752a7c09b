package dev.wayside.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs small programs of the system that know what Java does not. */
final class Programs {
    private static final int LONGEST_SECONDS = 5;

    private Programs() {}

    /**
     * What a program prints to its standard output, without the last line's end.
     *
     * @return empty if there is no such program, if it fails, or if it takes longer than five seconds
     */
    static Optional<String> output(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
