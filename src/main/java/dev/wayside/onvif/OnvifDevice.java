package dev.wayside.onvif;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A device that has answered.
 *
 * @param address the IPv4 address that it has answered from
 * @param name as it calls itself, printable; may be empty
 * @param hardware its model, printable; may be empty
 * @param service its device service
 */
public record OnvifDevice(String address, String name, String hardware, URI service) {
    private static final String NAME = "onvif://www.onvif.org/name/";
    private static final String HARDWARE = "onvif://www.onvif.org/hardware/";
    /** Where the specification wants the device service to be. */
    private static final String USUAL_PATH = "/onvif/device_service";

    /**
     * Reads an answer to a probe.
     *
     * @param address the sender
     * @return empty if it is no such answer
     */
    static Optional<OnvifDevice> read(byte[] datagram, String address) {
        try {
            return XmlNode.parse(datagram).first("ProbeMatch").map(match -> of(match, address));
        } catch (IOException e) {
            // Other devices use the same address for other things, and damaged datagrams are nothing to report.
            return Optional.empty();
        }
    }

    private static OnvifDevice of(XmlNode match, String address) {
        List<String> scopes = words(match.text("Scopes"));
        URI service = words(match.text("XAddrs")).stream()
                .flatMap(text -> Untrusted.service(text, address).stream())
                .findFirst()
                .orElseGet(() -> URI.create("http://" + address + USUAL_PATH));
        return new OnvifDevice(address, scope(scopes, NAME), scope(scopes, HARDWARE), service);
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split("\\s+"));
    }

    private static String scope(List<String> scopes, String prefix) {
        return scopes.stream()
                .filter(scope -> scope.startsWith(prefix))
                .map(scope -> Untrusted.name(Untrusted.decoded(scope.substring(prefix.length()))))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Its name and model on one line, each once. */
    public String title() {
        if (name.isEmpty() && hardware.isEmpty()) {
            return "ONVIF camera";
        }
        return name.contains(hardware) ? name : hardware.contains(name) ? hardware : name + " " + hardware;
    }
}
