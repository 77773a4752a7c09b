package dev.wayside.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a shell script of ours did.
 *
 * @param status its exit code
 * @param output what it printed, errors among it
 */
record Script(int status, String output) {
    /** Runs a script to its end. */
    static Script run(String path, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), path);
        return new Script(process.exitValue(), output);
    }
}
