package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.camera.CameraUrl;
import dev.wayside.camera.Cameras;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import dev.wayside.detect.Detector;
import dev.wayside.detect.ModelFolder;
import dev.wayside.failure.UnavailableException;
import dev.wayside.live.HttpPort;
import dev.wayside.mqtt.AwsIotConnection;
import dev.wayside.mqtt.MqttConnection;
import dev.wayside.process.ErrorMessage;
import dev.wayside.store.HttpAccess;
import dev.wayside.text.PointInTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorMessagesTest {
    private static final Home HOME =
            new Home(Path.of("").toAbsolutePath(), Path.of("").toAbsolutePath());

    @TempDir
    static Path directory;

    /** Each exception comes from the code that detects the mistake. */
    static Stream<Throwable> mistakes() throws Exception {
        Path model = Files.writeString(directory.resolve("model.yaml"), "model: none.tflite\n");
        return Stream.<Executable>of(
                        () -> SettingsLoader.load(HOME, List.of("http.port=99999"), Map.of()),
                        () -> SettingsLoader.load(HOME, List.of("no-key"), Map.of()),
                        () -> CameraUrl.parse("ftp://camera", directory),
                        () -> CameraUrl.parse("", directory),
                        () -> CameraUrl.parse("v4l2:/dev/video0?sise=1x1", directory),
                        () -> new Cameras(List.of()),
                        () -> ModelFolder.load(model.getParent()),
                        () -> ModelFolder.load(directory.resolve("none")),
                        () -> new MqttConnection("http://broker", "pi"),
                        () -> withPasswordFile(new MqttConnection("tcp://broker", "pi")),
                        () -> withCaFile(new MqttConnection("ssl://broker", "pi")),
                        () -> new AwsIotConnection("", 8883, "pi"),
                        () -> new HttpAccess("InfluxDB", "ftp://store"),
                        () -> withPasswordFile(new HttpAccess("InfluxDB", "http://store")),
                        () -> new PointInTime(Clock.systemUTC()).read("--from", "soon"))
                .map(mistake -> assertThrows(Throwable.class, mistake));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeEndsWithExitCodeTwoAndItsOwnMessageHoweverDeepItIsWrapped(Throwable mistake) {
        for (Throwable failure : wrapped(mistake)) {
            Outcome outcome = outcome(failure);
            assertEquals(2, outcome.code, failure::toString);
            assertEquals("wayside: " + mistake.getMessage() + System.lineSeparator(), outcome.err);
        }
    }

    static Stream<Throwable> bugs() {
        return Stream.<Executable>of(
                        () -> Detector.builder(null).open(),
                        () -> Integer.parseInt(""),
                        () -> List.of().get(0),
                        () -> settings().text(null),
                        () -> {
                            throw new IllegalStateException("this cannot be");
                        },
                        () -> {
                            throw new NoSuchFieldError("label");
                        })
                .map(bug -> assertThrows(Throwable.class, bug));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aBugEndsWithExitCodeOneAndIsReportedAsABug(Throwable bug) {
        for (Throwable failure : wrapped(bug)) {
            Outcome outcome = outcome(failure);
            assertEquals(1, outcome.code, failure::toString);
            assertTrue(outcome.err.startsWith("wayside: "), outcome.err);
            assertTrue(outcome.err.contains("This is a bug in Wayside"), outcome.err);
            assertTrue(outcome.err.contains(bug.getClass().getSimpleName()), outcome.err);
        }
    }

    @Test
    void anUnavailableResourceEndsWithExitCodeOneAndIsNoBug() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            UnavailableException failure = assertThrows(
                    UnavailableException.class, () -> HttpPort.requireFree("127.0.0.1", taken.getLocalPort()));
            Outcome outcome = outcome(failure);
            assertEquals(1, outcome.code);
            assertTrue(outcome.err.startsWith("wayside: Port " + taken.getLocalPort()), outcome.err);
            assertFalse(outcome.err.contains("bug"), outcome.err);
        }
    }

    /** What Camel rejects in a route is neither a known mistake of the user nor a bug of ours. */
    @Test
    void anExceptionOfALibraryIsNoBugOfOurs() {
        IllegalArgumentException thrown = new IllegalArgumentException("no such option");
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.Objects", "requireNonNull", "Objects.java", 1),
            new StackTraceElement("org.apache.camel.Something", "refuse", "Something.java", 1),
            new StackTraceElement("dev.wayside.assembly.Application", "start", "Application.java", 1)
        });
        Outcome outcome = outcome(new FailedToCreateRouteException("mine", null, "from", thrown));
        assertEquals(1, outcome.code);
        assertTrue(outcome.err.contains("because: no such option"), outcome.err);
        assertFalse(outcome.err.contains("bug"), outcome.err);
    }

    @Test
    void reportsThatTheJournalIsLockedAndThatNothingWasChanged() {
        for (SQLiteErrorCode code :
                new SQLiteErrorCode[] {SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT}) {
            String sentence =
                    ErrorMessage.of(new IllegalStateException(new SQLiteException("database is locked", code)));
            assertTrue(sentence.contains("try again"), sentence);
        }
    }

    @Test
    void printsEachCauseOnceIfThereIsNoMessageOfItsOwn() {
        Exception failure = new SQLException("outer", new SQLException("inner"));
        assertEquals("wayside: outer" + System.lineSeparator() + "  because: inner", ErrorMessage.of(failure));
    }

    private static List<Throwable> wrapped(Throwable failure) {
        return List.of(
                failure,
                new CompletionException(failure),
                new FailedToCreateRouteException(
                        "camera-front", null, "timer:front", new RuntimeCamelException(failure)),
                new RuntimeException(
                        new CamelExecutionException("failed", null, new IllegalArgumentException(failure))));
    }

    private record Outcome(int code, String err) {}

    private static Outcome outcome(Throwable failure) {
        StringWriter err = new StringWriter();
        CommandLine command = Wayside.commandLine().addSubcommand(new Fail(failure));
        command.setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return new Outcome(command.execute("fail"), err.toString());
    }

    @Command(name = "fail")
    private static final class Fail implements Callable<Integer> {
        private final Throwable failure;

        Fail(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    private static Settings settings() {
        return SettingsLoader.load(HOME, List.of(), Map.of());
    }

    private static void withPasswordFile(MqttConnection connection) {
        connection.setPasswordFile(directory.resolve("no-password").toString());
        connection.start();
    }

    private static void withCaFile(MqttConnection connection) {
        connection.setCaFile(directory.resolve("no-ca").toString());
        connection.start();
    }

    private static void withPasswordFile(HttpAccess access) {
        access.setPasswordFile(directory.resolve("no-password").toString());
        access.password();
    }
}
