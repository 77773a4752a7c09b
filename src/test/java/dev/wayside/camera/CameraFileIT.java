package dev.wayside.camera;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.wayside.camera.CameraStatus.State;
import dev.wayside.frame.VideoFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraFileIT {
    private static final Path CLIP = TestCamera.HOME.resolve("samples/street.mp4");

    @TempDir
    Path folder;

    /** A file that consists only of JPEGs, which FFmpeg plays at 25 per second. */
    private Path motionJpeg(int pictures) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < pictures; i++) {
            bytes.writeBytes(Pictures.jpeg(64, 48));
        }
        return Files.write(folder.resolve("clip.mjpeg"), bytes.toByteArray());
    }

    @Test
    void sampleRunsAtItsOwnPace() {
        try (LogCapture log = new LogCapture();
                TestCamera sample = new TestCamera("sample")) {
            sample.takeNext().close();
            // After a pause it may be ahead or behind for a moment, but not on average.
            await().atMost(TestCamera.PATIENCE)
                    .until(() -> paceOfTheNext(20, sample), pace -> Math.abs(pace - 10) <= 1.5);

            CameraStatus status = sample.status();
            assertEquals(State.RUNNING, status.state());
            assertNull(status.reason());
            assertEquals(640, status.width());
            assertEquals(480, status.height());
            sample.awaitFps(10, 1.5);
            assertEquals(
                    List.of("camera front: 640x480 at 10 frames/s from sample"),
                    log.at(Level.INFO).stream()
                            .filter(line -> line.contains("640x480"))
                            .toList());
        }
    }

    private static double paceOfTheNext(int frames, TestCamera camera) {
        long begin = System.nanoTime();
        long first = camera.status().frames();
        camera.awaitFrames(frames);
        return (camera.status().frames() - first) / ((System.nanoTime() - begin) / 1e9);
    }

    @Test
    void timestampsContinueEvenlyFromTheEndToTheBeginning() throws CameraFailure {
        Deadline deadline = new Deadline(Duration.ofSeconds(60));
        try (FrameSource source = TestCamera.open("sample", deadline)) {
            source.next();
            assertEquals(0, source.timestampMicros());
            for (int picture = 1; picture < 650; picture++) {
                source.next();
                assertEquals(picture * 100_000L, source.timestampMicros(), 2_000, "picture " + picture);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"matroska", "mpegts", "flv", "mov"})
    void loopsEveryContainerWithoutAGap(String format) throws CameraFailure {
        FFmpegLibraries.load();
        Path copy = folder.resolve("clip");
        assertTrue(Remux.sample(format, copy.toString(), () -> true));
        Deadline deadline = new Deadline(Duration.ofSeconds(60));
        try (FrameSource source = TestCamera.open(copy + "?loop=true", deadline)) {
            for (int picture = 0; picture < 620; picture++) {
                source.next();
                assertEquals(picture * 100_000L, source.timestampMicros(), 3_000, "picture " + picture);
            }
        }
    }

    @Test
    void loopsAFileWithoutTimestampsWhenAsked() throws IOException {
        try (TestCamera camera = new TestCamera(motionJpeg(10) + "?loop=true")) {
            camera.awaitFrames(35);
            camera.awaitFps(25, 3);
            assertEquals(0, camera.status().reconnects());
        }
    }

    @Test
    void handsOutTheNewestFrameOnceAndNothingAfterClose() {
        TestCamera sample = new TestCamera("sample");
        try (sample) {
            sample.awaitFrames(5);
            long frames = sample.status().frames();
            try (VideoFrame newest = sample.camera.takeNewest().orElseThrow()) {
                // A frame is counted before it is handed out.
                assertTrue(newest.sequence() >= frames - 1);
                try (VideoFrame next = sample.takeNext()) {
                    assertTrue(next.sequence() > newest.sequence());
                    assertFalse(next.time().isBefore(newest.time()));
                }
            }
        }
        assertTrue(sample.camera.takeNewest().isEmpty());
        assertEquals(State.STOPPED, sample.status().state());
    }

    @Test
    void endOfFileIsAReasonAndTheFileRestarts() throws IOException {
        try (LogCapture log = new LogCapture();
                TestCamera camera = new TestCamera(motionJpeg(5).toString())) {
            assertEquals(State.FAILED, camera.awaitReason("end of file").state());
            camera.awaitReconnects(3);
            assertEquals(1, log.at(Level.WARN).size(), log.all());
            assertTrue(log.at(Level.WARN).get(0).contains("end of file"));
            assertEquals(2, log.at(Level.INFO).size(), log.all());
        }
    }

    @Test
    void missingFileIsFoundWhenItAppears() throws IOException {
        Path late = folder.resolve("late.mp4");
        try (LogCapture log = new LogCapture();
                TestCamera camera = new TestCamera(late + "?loop=true")) {
            camera.awaitReason("there is no file " + late);
            Files.copy(CLIP, folder.resolve("copy"));
            Files.move(folder.resolve("copy"), late);
            camera.awaitFrames(3);
            assertEquals(State.RUNNING, camera.status().state());
            assertEquals(1, log.at(Level.WARN).size(), log.all());
            assertEquals(1, log.at(Level.INFO).size(), log.all());
        }
    }

    @Test
    void anEmptyFileAndAFolderAreReported() throws IOException {
        try (TestCamera empty = new TestCamera(
                        Files.createFile(folder.resolve("empty.mp4")).toString());
                TestCamera wrong = new TestCamera(folder.toString())) {
            empty.awaitReason("is empty");
            wrong.awaitReason("for a folder of pictures write images:" + folder);
        }
    }

    @Test
    void damagedFilesAreReportedAsDamaged() throws IOException {
        byte[] clip = Files.readAllBytes(CLIP);
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] scrambled = clip.clone();
        byte[] mdat = {'m', 'd', 'a', 't'};
        int at = 0;
        while (!Arrays.equals(Arrays.copyOfRange(scrambled, at, at + 4), mdat)) {
            at++;
        }
        // Every byte of the pictures, but not of the index before or after them.
        int size = Math.min(scrambled.length - at, ByteBuffer.wrap(clip).getInt(at - 4) - 4);
        byte[] garbage = new byte[size - 4];
        new Random(2).nextBytes(garbage);
        System.arraycopy(garbage, 0, scrambled, at + 4, garbage.length);

        Path random = Files.write(folder.resolve("random.mp4"), noise);
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(clip, 40));
        Path undecodable = Files.write(folder.resolve("scrambled.mp4"), scrambled);
        try (LogCapture log = new LogCapture();
                TestCamera first = new TestCamera(random.toString());
                TestCamera second = new TestCamera(cut.toString());
                TestCamera third = new TestCamera(undecodable.toString())) {
            first.awaitReason("is not a video that FFmpeg can read, or it is damaged");
            second.awaitReason("has no video in it: it is something else, or damaged");
            third.awaitReason("can be decoded: it is damaged");
            assertEquals(0, third.status().frames());
            assertEquals(3, log.at(Level.WARN).size(), log.all());
        }
    }

    @Test
    void abandonsBlockedReadersAndRecoversWhenTheyReturn() throws Exception {
        // Opening a pipe without a writer blocks in the kernel, as a broken driver or a lost file server does.
        Path pipe = folder.resolve("pipe.mp4");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        try (TestCamera camera = new TestCamera(pipe.toString(), TestCamera.STALLS_SOON)) {
            camera.awaitReason("stalled: no new picture from " + pipe);
            camera.awaitReason("3 attempts hang in the driver or the file system and cannot be interrupted");
            Path writing = Files.copy(CLIP, folder.resolve("copy.mp4"));
            // A writer wakes the readers.
            try (OutputStream wake = Files.newOutputStream(pipe)) {
                Files.move(writing, pipe, StandardCopyOption.REPLACE_EXISTING);
                wake.flush();
            }
            camera.awaitFrames(5);
        }
    }

    @Test
    void closesInTimeWhileItHangs() throws Exception {
        Path pipe = folder.resolve("pipe.mp4");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        TestCamera camera = new TestCamera(pipe.toString());
        await("a thread in FFmpeg's open")
                .atMost(TestCamera.PATIENCE)
                .until(() -> Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(frame -> frame.getMethodName().equals("avformat_open_input")));
        long begin = System.nanoTime();
        camera.close();
        // It would wait forever.
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(10).toNanos());
        Files.newOutputStream(pipe).close();
    }

    @Test
    void aDeviceThatIsNotACameraIsReported() {
        try (TestCamera camera = new TestCamera("/dev/null")) {
            camera.awaitReason("/dev/null is not a camera");
        }
    }

    @Test
    void aMissingDeviceIsReported() {
        try (TestCamera camera = new TestCamera("v4l2:/dev/video97?size=640x480")) {
            camera.awaitReason("no camera at /dev/video97: is it plugged in?");
        }
    }
}
