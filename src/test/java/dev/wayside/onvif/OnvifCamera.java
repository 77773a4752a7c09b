package dev.wayside.onvif;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A camera on the network that speaks ONVIF as far as a search needs it: over real UDP and real HTTP. */
public final class OnvifCamera implements AutoCloseable {
    private static final int DISCOVERY_PORT = 3702;

    /** How its media service behaves. */
    public enum Media {
        /** It tells the streams of two profiles. */
        OPEN,
        /** It answers everything with 401. */
        WANTS_LOGIN,
        /** It answers everything with a SOAP fault, as ONVIF specifies it for a missing login. */
        FAULT,
        /** It sends XML without end. */
        ENDLESS,
        /** It never answers. */
        SILENT,
        /** It sends everybody to another machine. */
        REDIRECTS,
        /** Its urls name other hosts and contain commands for a shell. */
        LIES
    }

    private final InetAddress address;
    private final Media media;
    private final HttpServer server;

    /** Starts its device and media service on a free port of this address. */
    public OnvifCamera(InetAddress address, Media media) throws IOException {
        this.address = address;
        this.media = media;
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(task -> {
            Thread thread = new Thread(task, "onvif-camera");
            thread.setDaemon(true);
            thread.start();
        });
        server.createContext("/onvif/", this::answer);
        server.start();
    }

    private String host() {
        return address.getHostAddress();
    }

    /** Its device service. */
    public String service() {
        return "http://" + host() + ":" + server.getAddress().getPort() + "/onvif/device_service";
    }

    /** Its answer to a probe. */
    public String probeMatch(String name, String hardware) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
             xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
            <SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch>
            <d:Types>dn:NetworkVideoTransmitter</d:Types>
            <d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/%s
             onvif://www.onvif.org/hardware/%s onvif://www.onvif.org/Profile/Streaming</d:Scopes>
            <d:XAddrs>http://192.0.2.1/elsewhere %s</d:XAddrs>
            </d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>
            """
                .formatted(name, hardware, service());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (media) {
            case OPEN, LIES -> send(exchange, 200, content(question));
            case WANTS_LOGIN -> send(exchange, 401, "");
            case FAULT ->
                send(
                        exchange,
                        200,
                        "<e:Fault xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Code>ter:NotAuthorized</e:Code></e:Fault>");
            case REDIRECTS -> {
                exchange.getResponseHeaders().set("Location", "http://192.0.2.1/");
                send(exchange, 302, "");
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream body = exchange.getResponseBody()) {
                    byte[] more = "<a>".repeat(1000).getBytes(StandardCharsets.UTF_8);
                    while (true) {
                        body.write(more);
                    }
                }
            }
            default -> {
                // It keeps the connection open and says nothing.
            }
        }
    }

    private String content(String question) {
        String there = media == Media.LIES ? "192.0.2.1" : host();
        if (question.contains("GetCapabilities")) {
            return "<Capabilities><Media><XAddr>%s</XAddr></Media></Capabilities>"
                    .formatted(service().replace(host(), there).replace("device_service", "media"));
        }
        if (question.contains("GetProfiles")) {
            return """
                <Profiles token="main&amp;1"><Name>mainStream</Name><VideoEncoderConfiguration><Encoding>H264</Encoding>
                <Resolution><Width>2560</Width><Height>1440</Height></Resolution></VideoEncoderConfiguration></Profiles>
                <Profiles token="sub"><Name>sub\u202e\u009b31m</Name></Profiles>""";
        }
        boolean main = question.contains("<ProfileToken>main&amp;1</ProfileToken>");
        String path = main ? "/Streaming/Channels/101?transportmode=unicast&amp;profile=1" : "/102";
        return "<MediaUri><Uri>rtsp://" + there + ":554" + path + (media == Media.LIES ? ";reboot" : "")
                + "</Uri></MediaUri>";
    }

    private static void send(HttpExchange exchange, int status, String content) throws IOException {
        byte[] bytes = ("<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body>" + content
                        + "</e:Body></e:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /**
     * An answer to each probe.
     *
     * @param from the address that it is sent from
     * @param content of the datagram
     */
    public record Answer(InetAddress from, byte[] content) {}

    /** Waits for probes on a network interface, in a thread of its own, and sends these answers to each, twice. */
    public static void answerProbes(NetworkInterface network, List<Answer> answers) throws IOException {
        MulticastSocket group = new MulticastSocket(DISCOVERY_PORT);
        group.joinGroup(new InetSocketAddress("239.255.255.250", DISCOVERY_PORT), network);
        Thread thread = new Thread(
                () -> {
                    try (group) {
                        while (true) {
                            answer(group, answers);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "ws-discovery");
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(MulticastSocket group, List<Answer> answers) throws IOException {
        DatagramPacket probe = new DatagramPacket(new byte[1 << 16], 1 << 16);
        group.receive(probe);
        String text = new String(probe.getData(), 0, probe.getLength(), StandardCharsets.UTF_8);
        if (!text.contains("NetworkVideoTransmitter")) {
            return;
        }
        for (Answer answer : answers) {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(answer.from(), 0))) {
                DatagramPacket match =
                        new DatagramPacket(answer.content(), answer.content().length, probe.getSocketAddress());
                socket.send(match);
                socket.send(match);
            }
        }
    }
}
