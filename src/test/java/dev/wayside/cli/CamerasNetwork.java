package dev.wayside.cli;

import dev.wayside.onvif.OnvifCamera;
import dev.wayside.onvif.OnvifCamera.Answer;
import dev.wayside.onvif.OnvifCamera.Media;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs {@code wayside cameras} in a network of its own, in which there are ONVIF cameras and a host that only disturbs. */
final class CamerasNetwork {
    private static final String LAUGHS =
            "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><ProbeMatch>&b;</ProbeMatch>";

    private CamerasNetwork() {}

    /**
     * Runs it twice, as text and as JSON.
     *
     * @param arguments the name of the network interface, then the addresses of three cameras and the disturber
     */
    public static void main(String[] arguments) throws Exception {
        InetAddress open = InetAddress.getByName(arguments[1]);
        InetAddress closed = InetAddress.getByName(arguments[2]);
        InetAddress disturber = InetAddress.getByName(arguments[3]);
        OnvifCamera.answerProbes(
                NetworkInterface.getByName(arguments[0]),
                List.of(
                        answer(disturber, LAUGHS),
                        answer(disturber, "\u0000\u001b[2J"),
                        answer(open, new OnvifCamera(open, Media.OPEN).probeMatch("Yard%20%1B%5B31m", "M1065-L")),
                        answer(closed, new OnvifCamera(closed, Media.WANTS_LOGIN).probeMatch("Dahua", "IPC-1"))));
        int text = Wayside.commandLine().execute("cameras", "--timeout", "2");
        int json = Wayside.commandLine().execute("cameras", "--timeout", "1", "--json");
        System.exit(text + json);
    }

    private static Answer answer(InetAddress from, String content) {
        return new Answer(from, content.getBytes(StandardCharsets.UTF_8));
    }
}
