package dev.wayside.assembly;

import dev.wayside.camera.Camera;
import dev.wayside.camera.CameraStatus;
import dev.wayside.camera.Cameras;
import dev.wayside.live.LiveView;
import dev.wayside.metrics.FrameMeters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The status of the cameras, as plain values for the status board. */
record CameraStatuses(Cameras cameras, FrameMeters meters, Part<LiveView> live)
        implements Supplier<List<Map<String, Object>>> {
    @Override
    public List<Map<String, Object>> get() {
        return cameras.all().stream().map(this::describe).toList();
    }

    private Map<String, Object> describe(Camera camera) {
        CameraStatus status = camera.status();
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", status.name());
        plain.put("url", status.url());
        plain.put("state", status.state().name().toLowerCase(Locale.ROOT));
        plain.put("reason", status.reason());
        plain.put("since", status.since().toString());
        plain.put("width", status.width());
        plain.put("height", status.height());
        plain.put("fps", status.fps());
        plain.put("frames", status.frames());
        plain.put("reconnects", status.reconnects());
        plain.put("analysed_fps", meters.of(status.name()).perSecond());
        plain.put(
                "viewers",
                live.ifOpen().map(view -> view.viewers(status.name())).orElse(0));
        return plain;
    }
}
