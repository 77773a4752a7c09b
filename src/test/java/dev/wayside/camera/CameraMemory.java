package dev.wayside.camera;

import dev.wayside.frame.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The child process of {@link CameraMemoryIT}: prints the resident memory in kB before and after thousands of frames,
 * and before and after many openings. It is a separate process, so that nothing else is measured.
 */
final class CameraMemory {
    private static final CameraUrl SAMPLE = CameraUrl.parse("sample", TestCamera.HOME);

    private CameraMemory() {}

    public static void main(String[] arguments) throws CameraFailure, IOException {
        try (FrameSlot slot = new FrameSlot()) {
            Deadline deadline = new Deadline(Duration.ofMinutes(5));
            try (FrameSource source = StreamSource.open(SAMPLE, deadline)) {
                grab(source, slot, 1000);
                System.out.println("frames_before=" + residentKilobytes());
                grab(source, slot, 3000);
                System.out.println("frames_after=" + residentKilobytes());
            }
            open(slot, deadline, 40);
            System.out.println("openings_before=" + residentKilobytes());
            open(slot, deadline, 200);
            System.out.println("openings_after=" + residentKilobytes());
        }
    }

    private static void open(FrameSlot slot, Deadline deadline, int times) throws CameraFailure {
        for (int i = 0; i < times; i++) {
            try (FrameSource source = StreamSource.open(SAMPLE, deadline)) {
                grab(source, slot, 3);
            }
        }
    }

    private static void grab(FrameSource source, FrameSlot slot, int frames) throws CameraFailure {
        for (int i = 0; i < frames; i++) {
            AVFrame picture = source.next();
            slot.put(VideoFrame.reference(picture, Instant.now(), i));
            if (i % 3 == 0) {
                slot.take().ifPresent(VideoFrame::close);
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
