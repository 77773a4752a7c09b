package dev.wayside.cli;

import dev.wayside.camera.RpicamCameras;
import dev.wayside.camera.VideoDevices;
import dev.wayside.failure.Reason;
import dev.wayside.onvif.Discovery;
import dev.wayside.onvif.MediaService;
import dev.wayside.onvif.OnvifDevice;
import dev.wayside.onvif.OnvifStream;
import dev.wayside.process.StatusLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks for the cameras that this machine can use. */
final class CameraSearch {
    private final StatusLine line;
    private final String searchPath;
    private final List<FoundCamera> cameras = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Finds nothing yet.
     *
     * @param line shows what it waits for
     * @param searchPath where to look for the program that lists a Raspberry Pi's cameras, as in {@code PATH}
     */
    CameraSearch(StatusLine line, String searchPath) {
        this.line = line;
        this.searchPath = searchPath;
    }

    /** What was found, in this order. */
    List<FoundCamera> cameras() {
        return cameras;
    }

    /** Why something may be missing among what was found, a sentence each. */
    List<String> notes() {
        return notes;
    }

    /**
     * Lists the cameras of this machine.
     *
     * @param system the root of the file system
     */
    void ofThisMachine(Path system) throws IOException, InterruptedException {
        line.show("looking for cameras of this machine …");
        boolean hasPiCamera = false;
        for (VideoDevices.Device device : VideoDevices.in(system)) {
            if (device.isOfPiCamera()) {
                hasPiCamera = true;
            } else {
                String formats = VideoDevices.formats(device.path());
                cameras.add(new FoundCamera(
                        "v4l2", Reason.line(device.name()), device.path(), formats, device.path(), null));
            }
        }
        RpicamCameras.Listing listing = RpicamCameras.list(searchPath);
        for (RpicamCameras.PiCamera camera : listing.cameras()) {
            cameras.add(new FoundCamera(
                    "rpicam",
                    "Raspberry Pi camera " + camera.number(),
                    null,
                    camera.description(),
                    camera.url(),
                    null));
        }
        if (listing.problem() != null && hasPiCamera) {
            notes.add("This Raspberry Pi has a camera connector, but " + listing.problem() + ".");
        }
    }

    /**
     * Asks the networks of this machine.
     *
     * @param timeout how long to wait for answers, and then for the urls of all that have answered
     */
    void onTheNetwork(Duration timeout) throws InterruptedException {
        Discovery.Found found;
        try {
            found = Discovery.search(
                    timeout,
                    (left, count) -> line.show("looking for ONVIF cameras on the network: " + count + " so far, "
                            + (left.toSeconds() + 1) + " s left …"));
        } catch (IOException e) {
            notes.add("The network cannot be searched for cameras: " + Reason.ofRoot(e) + ".");
            return;
        }
        found.problems().forEach(problem -> notes.add("The network " + problem + "."));
        if (found.interfaces().isEmpty()) {
            notes.add("No network is up that could be searched for cameras.");
        } else if (found.devices().isEmpty()) {
            notes.add("No ONVIF camera has answered on " + String.join(", ", found.interfaces()) + " within "
                    + timeout.toSeconds() + " s. A firewall on this machine may drop the answers, and many cameras have"
                    + " ONVIF switched off.");
        }
        if (found.devices().isEmpty()) {
            return;
        }
        line.show("asking " + found.devices().size() + " ONVIF cameras for their streams …");
        Map<OnvifDevice, List<OnvifStream>> streams = MediaService.streams(found.devices(), timeout);
        for (OnvifDevice device : found.devices()) {
            add(device, streams.get(device));
        }
    }

    private void add(OnvifDevice device, List<OnvifStream> streams) {
        for (OnvifStream stream : streams) {
            String words = stream.profile().isEmpty() || stream.picture().isEmpty()
                    ? stream.profile() + stream.picture()
                    : stream.profile() + ", " + stream.picture();
            cameras.add(new FoundCamera("onvif", device.title(), device.address(), words, stream.url(), null));
        }
        if (streams.isEmpty()) {
            cameras.add(new FoundCamera(
                    "onvif",
                    device.title(),
                    device.address(),
                    "",
                    "rtsp://user:password@" + device.address() + "/",
                    "It does not tell the path of its stream without a login: put user, password and the path from its"
                            + " manual into the url."));
        }
    }
}
