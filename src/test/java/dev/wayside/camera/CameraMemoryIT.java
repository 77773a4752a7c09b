package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CameraMemoryIT {
    private static final long ONE_FRAME_KB = 640 * 480 * 3 / 2 / 1024;
    private static final long ALLOWED_KB = 12 * 1024;

    @Test
    void staysFlatOverFramesAndOpenings() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms32m",
                        "-Xmx32m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CameraMemory.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), output);

        Map<String, Long> kilobytes = output.lines()
                .filter(line -> line.matches("\\w+=\\d+"))
                .map(line -> line.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
        long byFrames = kilobytes.get("frames_after") - kilobytes.get("frames_before");
        long byOpenings = kilobytes.get("openings_after") - kilobytes.get("openings_before");
        System.out.println(output);
        // 3,000 frames that leaked would be 1.3 GB, 200 openings that leaked one frame each 90 MB.
        assertTrue(byFrames < ALLOWED_KB && ALLOWED_KB < 200 * ONE_FRAME_KB, output);
        assertTrue(byOpenings < ALLOWED_KB, output);
    }
}
