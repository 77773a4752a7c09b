package dev.wayside.tflite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, where a crash of native code shows as an exit status. */
record ChildJvm(int exit, String output) {
    /** Guards against a hang. */
    private static final long LIMIT_SECONDS = 600;

    static ChildJvm run(Path java, List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        command.addAll(
                List.of("-XX:ErrorFile=/dev/null", "-Dlogback.configurationFile=dev/wayside/tflite/quiet-logback.xml"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path folder = Files.createTempDirectory("child-jvm");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPT_OUT_TRACKING", "true");
        Process process = builder.directory(Path.of("").toAbsolutePath().toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> "still running: " + command);
            return new ChildJvm(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(output);
            Files.deleteIfExists(folder);
        }
    }

    static Path thisJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
