package dev.wayside.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final List<String> lines = new ArrayList<>();
    private long now;

    private final Progress.Output output = new Progress.Output() {
        @Override
        public Duration interval() {
            return Duration.ofSeconds(10);
        }

        @Override
        public void running(String line) {
            lines.add(line);
        }

        @Override
        public void ended(String line) {
            lines.add("end " + line);
        }
    };

    @Test
    void saysAtIntervalsHowManyAreDoneHowFastAndHowLongItStillTakes() {
        Progress progress = new Progress("replay", "events", 12_000, output, () -> now);
        for (int i = 1; i <= 12_000; i++) {
            now += SECOND / 400;
            progress.at(i);
        }
        progress.end();
        assertEquals(
                List.of(
                        "replay: 12,000 events",
                        "replay: 4,000 of 12,000 events (33 %), 400/s, 20 s left",
                        "replay: 8,000 of 12,000 events (66 %), 400/s, 10 s left",
                        "replay: 12,000 of 12,000 events (100 %), 400/s, 0 ms left",
                        "end replay: 12,000 events in 30 s, 400/s"),
                lines);
    }

    @Test
    void withoutATotalItSaysOnlyTheRate() {
        Progress progress = new Progress("saving", "events", 0, output, () -> now);
        now = 20 * SECOND;
        progress.at(30);
        progress.end();
        assertEquals(
                List.of("saving: begins", "saving: 30 events, 1.5/s", "end saving: 30 events in 20 s, 1.5/s"), lines);
    }

    @Test
    void aTaskThatHasNotBegunHasNoRate() {
        Progress progress = new Progress("drain", "events", 5, output, () -> now);
        now = 10 * SECOND;
        progress.at(0);
        assertEquals(List.of("drain: 5 events", "drain: 0 of 5 events (0 %)"), lines);
    }
}
