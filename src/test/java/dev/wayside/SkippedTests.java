package dev.wayside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Notes each test that is skipped, and why, in a file for each JVM under the folder {@code -Dskipped.tests}: lines of a reason, a
 * tab and a name. {@code dev/skipped-tests} lists them at the end of {@code mvn verify}. Without the property it does nothing.
 */
public final class SkippedTests implements TestExecutionListener {
    private static final String NO_REASON = "(no reason given)";

    private final Optional<Path> file;

    /** As JUnit's launcher makes it. */
    public SkippedTests() {
        this(Optional.ofNullable(System.getProperty("skipped.tests"))
                .map(folder -> Path.of(folder, ProcessHandle.current().pid() + ".txt")));
    }

    private SkippedTests(Optional<Path> file) {
        this.file = file;
    }

    /** One that notes them here. */
    public static SkippedTests in(Path file) {
        return new SkippedTests(Optional.of(file));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            note(test, result.getThrowable().map(Throwable::getMessage).orElse(NO_REASON));
        }
    }

    private void note(TestIdentifier test, String reason) {
        String words = reason.replaceFirst("^Assumption failed: ", "").strip().replaceAll("\\s+", " ");
        String line = (words.isEmpty() ? NO_REASON : words) + "\t" + name(test) + "\n";
        file.ifPresent(target -> append(target, line));
    }

    /** Such as {@code RecordedOutputTest.givesTheRecordedOutput(String, boolean, int)[3]}, or {@code all of InfluxSinkIT}. */
    private static String name(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof ClassSource whole) {
            return "all of " + simple(whole.getClassName());
        }
        String method = test.getLegacyReportingName().replaceFirst("\\(\\)$", "");
        return source instanceof MethodSource part ? simple(part.getClassName()) + "." + method : method;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static void append(Path file, String line) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
