package dev.wayside.doctor;

import dev.wayside.camera.RpicamCameras;
import dev.wayside.camera.VideoDevices;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Lists the Video4Linux cameras of this machine with their formats, and those of a Raspberry Pi. Says nothing if there are
 * none.
 *
 * @param system the root of the file system
 * @param searchPath where to look for the program that lists a Raspberry Pi's cameras, as in {@code PATH}
 */
record DeviceCheck(Path system, String searchPath) implements Check {
    @Override
    public String name() {
        return "video devices";
    }

    @Override
    public void run(Findings findings) throws IOException, InterruptedException {
        boolean hasPiCamera = false;
        for (VideoDevices.Device device : VideoDevices.in(system)) {
            if (device.isOfPiCamera()) {
                hasPiCamera = true;
            } else {
                findings.ok(device.path(), device.name() + ": " + VideoDevices.formats(device.path()));
            }
        }
        RpicamCameras.Listing listing = RpicamCameras.list(searchPath);
        listing.cameras().forEach(camera -> findings.ok(camera.url(), camera.description()));
        if (listing.problem() != null && hasPiCamera) {
            findings.warning("raspberry pi camera", listing.problem());
        }
    }
}
