package dev.wayside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.TestExecutionListener;

class SkippedTestsTest {
    @TempDir
    Path folder;

    @Test
    void eachSkippedTestIsNotedWithItsReason() throws Exception {
        Path notes = folder.resolve("target").resolve("skipped").resolve("1.txt");
        NestedLauncher.run(SkippedTests.in(notes), Some.class, Whole.class);
        try (Stream<String> lines = Files.lines(notes)) {
            assertEquals(
                    List.of(
                            "(no reason given)\tSome.withoutAReason",
                            "not before spring comes\tSome.disabled",
                            "the camera is not here\tSome.forEach(int)[2]",
                            "the camera is not here\tSome.needsACamera",
                            "there is no server\tall of Whole"),
                    lines.map(line -> line.replace("SkippedTestsTest$", ""))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void junitFindsIt() {
        assertTrue(ServiceLoader.load(TestExecutionListener.class).stream()
                .anyMatch(provider -> provider.type() == SkippedTests.class));
    }

    @Test
    void theyAreListedByReasonAndForgottenBeforeTheNextBuild() throws Exception {
        Path script = Files.createDirectories(folder.resolve("dev")).resolve("skipped-tests");
        Files.copy(Path.of("dev", "skipped-tests"), script);
        Path notes = Files.createDirectories(folder.resolve("target/skipped"));
        Files.writeString(
                notes.resolve("1.txt"),
                "no camera\tB.grabs(String)[10]\nno camera\tall of GrabTest\nno JDK 25\tA.runs\n");
        Files.writeString(notes.resolve("2.txt"), "no camera\tB.grabs(String)[2]\n");
        String listed =
                """

                These tests were skipped:
                  no JDK 25
                    A.runs
                  no camera
                    B.grabs(String)[2]
                    B.grabs(String)[10]
                    all of GrabTest
                """;
        assertEquals(listed, run(script, "list"));
        assertEquals("", run(script, "clear"));
        assertEquals("\nNo test was skipped.\n", run(script, "list"));
    }

    private static String run(Path script, String argument) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", script.toString(), argument)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    static class Some {
        @Test
        void runs() {}

        @Test
        void needsACamera() {
            assumeTrue(false, "the camera\nis not here");
        }

        @Test
        void withoutAReason() {
            abort();
        }

        @Test
        @Disabled("not before spring comes")
        void disabled() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void forEach(int number) {
            assumeTrue(number < 2, "the camera is not here");
        }
    }

    static class Whole {
        @BeforeAll
        static void start() {
            abort("there is no server");
        }

        @Test
        void one() {}

        @Test
        void two() {}
    }
}
