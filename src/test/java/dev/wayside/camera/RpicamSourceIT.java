package dev.wayside.camera;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.frame.Presentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source of a Raspberry Pi's camera, with a program that stands in for rpicam-vid. */
class RpicamSourceIT {
    @TempDir
    static Path folder;

    private static PiCamera camera;
    private final Deadline deadline = new Deadline(Duration.ofSeconds(20));

    @BeforeAll
    static void install() {
        camera = new PiCamera(folder);
    }

    private RpicamSource open(String url, Deadline until) throws CameraFailure {
        return RpicamSource.open(CameraUrl.parse(url, TestCamera.HOME), camera.searchPath(), until);
    }

    private String failure(int number, Deadline until) {
        return assertThrows(CameraFailure.class, () -> {
                    try (RpicamSource source = open("rpicam:" + number, until)) {
                        while (true) {
                            source.next();
                        }
                    }
                })
                .getMessage();
    }

    @Test
    void picturesOfTheProgramArrive() throws Exception {
        try (RpicamSource source = open("rpicam:0?size=640x480&fps=20&rotation=180&mode=1640x1232", deadline)) {
            for (int i = 0; i < 10; i++) {
                assertEquals(640, Presentation.of(source.next()).width());
            }
            assertEquals(20, source.declaredRate());
            assertTrue(camera.runs(PiCamera.WORKS));
        }
        assertFalse(camera.runs(PiCamera.WORKS), "ended with the source");
        assertEquals(
                "--camera 0 --codec mjpeg --quality 80 --width 640 --height 480 --framerate 20 --rotation 180"
                        + " --mode 1640:1232 --timeout 0 --nopreview --flush --output -",
                camera.commandLines().get(camera.commandLines().size() - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | rpicam-vid finds no camera: check the ribbon cable at both ends, and that this user is in the group"
                        + " video; rpicam-hello --list-cameras must list it",
                "2 | camera 2 of this Raspberry Pi is in use by another program",
                "3 | rpicam-vid cannot deliver what rpicam:3 asks for (failed to configure streams): change size, fps or"
                        + " mode; ./wayside cameras lists the modes",
                "4 | rpicam-vid ended with exit code 134: terminate called after throwing?[31m an instance of"
                        + " std::runtime_error",
                "8 | rpicam-vid ended with exit code 0 and said nothing",
                "9 | there is no camera 9 on this Raspberry Pi: ./wayside cameras lists the cameras"
            })
    void eachFailureHasItsReason(int number, String reason) {
        assertEquals(reason, failure(number, deadline));
        assertFalse(camera.runs(number));
    }

    @Test
    void aProgramThatIsNotInstalledIsNamedWithItsPackage() {
        CameraUrl url = CameraUrl.parse("rpicam:0", TestCamera.HOME);
        CameraFailure failure =
                assertThrows(CameraFailure.class, () -> RpicamSource.open(url, folder + "/none:relative::", deadline));
        assertEquals(
                "rpicam-vid is not installed: on a Raspberry Pi run: sudo apt-get install rpicam-apps",
                failure.getMessage());
    }

    @Test
    void theFormerNameOfTheProgramIsFound(@TempDir Path former) throws Exception {
        PiCamera old = new PiCamera(former);
        Files.move(former.resolve("rpicam-vid"), former.resolve("libcamera-vid"));
        try (RpicamSource source =
                RpicamSource.open(CameraUrl.parse("rpicam:0", TestCamera.HOME), old.searchPath(), deadline)) {
            assertEquals(640, source.next().width());
        }
        assertFalse(old.runs(PiCamera.WORKS));
    }

    @Test
    void aFileThatIsNoProgramIsNamed(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("rpicam-vid"), "#!/no/such/interpreter\n");
        assertTrue(file.toFile().setExecutable(true));
        CameraUrl url = CameraUrl.parse("rpicam:0", TestCamera.HOME);
        CameraFailure failure =
                assertThrows(CameraFailure.class, () -> RpicamSource.open(url, other.toString(), deadline));
        assertTrue(failure.getMessage().startsWith(file + " cannot be started: "), failure.getMessage());
    }

    @Test
    void aProgramThatTalksALotIsHeardToItsEnd() throws Exception {
        try (RpicamSource source = open("rpicam:" + PiCamera.TALKS, deadline)) {
            assertEquals(640, source.next().width());
        }
        assertFalse(camera.runs(PiCamera.TALKS));
    }

    @Test
    void aSilentSensorIsExplainedAndItsProgramEnded() throws Exception {
        String reason = awaited(PiCamera.SILENT);
        assertEquals(
                "stalled: no new picture from rpicam:5 for 1 s: the sensor sends nothing; check the ribbon cable at both"
                        + " ends",
                reason);
        assertFalse(camera.runs(PiCamera.SILENT));
    }

    @Test
    void aProgramThatIgnoresTheSignalIsKilledWithItsChildProcess() throws Exception {
        assertEquals("stalled: no new picture from rpicam:7 for 1 s", awaited(PiCamera.STUBBORN));
        assertEquals(2, camera.pids(PiCamera.STUBBORN).size());
        await().atMost(TestCamera.PATIENCE).until(() -> !camera.runs(PiCamera.STUBBORN));
    }

    /** The reason of an attempt with a timeout of 1 s, which ends as that of a camera does. */
    private String awaited(int number) throws Exception {
        Deadline soon = new Deadline(Duration.ofSeconds(1));
        CompletableFuture<String> reason = CompletableFuture.supplyAsync(() -> failure(number, soon));
        await().atMost(TestCamera.PATIENCE).until(() -> {
            soon.wake();
            return reason.isDone();
        });
        return reason.get(1, TimeUnit.SECONDS);
    }

    @Test
    void aCancelledAttemptEndsAtOnce() throws Exception {
        RpicamSource source = open("rpicam:" + PiCamera.WORKS, deadline);
        source.next();
        deadline.cancel();
        assertThrows(CameraFailure.class, () -> {
            while (true) {
                source.next();
            }
        });
        source.close();
        assertFalse(camera.runs(PiCamera.WORKS));
        open("rpicam:" + PiCamera.WORKS, deadline).close();
        assertFalse(camera.runs(PiCamera.WORKS), "nor does one that is opened after the end survive");
    }
}
