package dev.wayside.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameMetersTest {
    private final AtomicLong now = new AtomicLong();
    private final PrometheusMeterRegistry registry = MetricsRegistry.create();
    private final FrameMeters meters = new FrameMeters(registry, now::get);

    @Test
    void countsTheFramesOfEachCameraAndMeasuresTheirRate() {
        FrameMeter front = meters.of("front");
        assertSame(front, meters.of("front"));
        for (int i = 0; i < 100; i++) {
            front.analysed(Duration.ofNanos(15_260_000));
            now.addAndGet(Duration.ofMillis(200).toNanos());
        }
        meters.of("yard").analysed(Duration.ofMillis(40));
        assertEquals(100, count("front"));
        assertEquals(1, count("yard"));
        assertEquals(5.0, front.perSecond());
        assertEquals(0, meters.of("yard").perSecond());
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertEquals(0, front.perSecond());
    }

    @Test
    void keepsTheLatestInferenceTimeAndAHistogramOfAll() {
        assertEquals(0, meters.inferenceMillis());
        meters.of("front").analysed(Duration.ofMillis(4));
        meters.of("yard").analysed(Duration.ofNanos(15_260_000));
        assertEquals(15.3, meters.inferenceMillis());
        assertEquals(19.26, registry.get("wayside.inference").timer().totalTime(TimeUnit.MILLISECONDS), 0.001);
        String scrape = registry.scrape();
        assertEquals(1, bucket(scrape, "0.005"), scrape);
        assertEquals(2, bucket(scrape, "0.02"), scrape);
    }

    private double count(String camera) {
        return registry.get("wayside.frames.analysed")
                .tag("camera", camera)
                .counter()
                .count();
    }

    private static double bucket(String scrape, String bound) {
        return scrape.lines()
                .filter(line -> line.startsWith("wayside_inference_seconds_bucket{le=\"" + bound + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
