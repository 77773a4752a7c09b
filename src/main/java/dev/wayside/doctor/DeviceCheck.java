package dev.wayside.doctor;

import dev.wayside.camera.VideoDevices;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Lists the Video4Linux cameras of this machine with their formats. Says nothing if there are none.
 *
 * @param system the root of the file system
 */
record DeviceCheck(Path system) implements Check {
    @Override
    public String name() {
        return "video devices";
    }

    @Override
    public void run(Findings findings) throws IOException {
        for (VideoDevices.Device device : VideoDevices.in(system)) {
            findings.ok(device.path(), device.name() + ": " + VideoDevices.formats(device.path()));
        }
    }
}
