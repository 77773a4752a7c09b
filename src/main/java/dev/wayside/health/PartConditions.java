package dev.wayside.health;

import dev.wayside.camera.Camera;
import dev.wayside.camera.CameraStatus;
import dev.wayside.camera.Cameras;
import dev.wayside.detect.Detector;
import dev.wayside.journal.JournalReport;
import dev.wayside.journal.JournalStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How the parts are, for their health checks. */
public final class PartConditions {
    /** An inference takes less than a second, even on the slowest Pi. */
    private static final Duration HANGS = Duration.ofMinutes(1);

    private PartConditions() {}

    /** Works while at least one camera delivers pictures. */
    public static Condition of(Cameras cameras) {
        Map<String, Object> data = new LinkedHashMap<>();
        List<CameraStatus> all = cameras.all().stream().map(Camera::status).toList();
        all.forEach(status -> data.put(status.name(), state(status)));
        return all.stream().anyMatch(CameraStatus::running)
                ? Condition.good(data)
                : Condition.bad(
                        all.stream()
                                .map(status -> status.name() + ": " + reason(status))
                                .collect(Collectors.joining("; ")),
                        data);
    }

    /** Works while it delivers pictures. */
    public static Condition of(Camera camera) {
        CameraStatus status = camera.status();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("state", state(status));
        data.put(
                "frame_age_seconds",
                camera.frameAge().map(age -> age.toMillis() / 1000.0).orElse(null));
        data.put("frames", status.frames());
        data.put("reconnects", status.reconnects());
        return status.running() ? Condition.good(data) : Condition.bad(reason(status), data);
    }

    /** Works unless it has been busy with the same frame for a minute: native code that hangs cannot be interrupted. */
    public static Condition of(Detector detector) {
        return detector(detector.folder().name(), detector.busyFor());
    }

    static Condition detector(String model, Duration busy) {
        Map<String, Object> data = Map.of("model", model);
        return busy.compareTo(HANGS) < 0
                ? Condition.good(data)
                : Condition.bad("the model has been working on one frame for " + busy.toSeconds() + " s", data);
    }

    /** Works while it accepts events. */
    public static Condition of(JournalStatus journal) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("accepts", journal.accepts());
        data.put("bytes", journal.report().map(JournalReport::bytes).orElse(null));
        data.put("max_bytes", journal.mostBytes());
        journal.freeBytes().ifPresent(free -> data.put("free_bytes", free));
        return journal.accepts()
                ? Condition.good(data)
                : Condition.bad(journal.failure().orElse("not open yet"), data);
    }

    private static String state(CameraStatus status) {
        return status.state().name().toLowerCase(Locale.ROOT);
    }

    private static String reason(CameraStatus status) {
        return status.reason() == null ? "no picture yet" : status.reason();
    }
}
