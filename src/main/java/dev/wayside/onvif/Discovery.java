package dev.wayside.onvif;

import dev.wayside.failure.Reason;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;

/** Asks all networks of this machine for ONVIF cameras: WS-Discovery of 2005, by multicast over IPv4. */
public final class Discovery {
    private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);
    private static final int LARGEST_DATAGRAM = 1 << 16;
    private static final int MOST_DEVICES = 256;
    /** One host cannot fill the list. */
    private static final int MOST_DATAGRAMS = 4_000;

    private static final int PROBES = 3;
    private static final long BETWEEN_PROBES = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long BETWEEN_REPORTS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String PROBE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"
             xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"
             xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
             xmlns:n="http://www.onvif.org/ver10/network/wsdl">
            <e:Header><w:MessageID>urn:uuid:%s</w:MessageID>
            <w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>
            <w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>
            <e:Body><d:Probe><d:Types>n:NetworkVideoTransmitter</d:Types></d:Probe></e:Body>
            </e:Envelope>
            """;

    /**
     * What was found.
     *
     * @param devices in the order of their answers, at most 256
     * @param interfaces the network interfaces that were asked
     * @param problems a sentence for each interface that could not be asked
     */
    public record Found(List<OnvifDevice> devices, List<String> interfaces, List<String> problems) {}

    private final Map<String, OnvifDevice> devices = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
    private final ObjIntConsumer<Duration> progress;
    private int datagrams;

    private Discovery(ObjIntConsumer<Duration> progress) {
        this.progress = progress;
    }

    /**
     * Searches.
     *
     * @param timeout how long to wait for answers
     * @param progress receives the time left and the number of devices so far, several times per second
     * @throws IOException if this machine cannot send datagrams at all
     */
    public static Found search(Duration timeout, ObjIntConsumer<Duration> progress) throws IOException {
        return new Discovery(progress).search(timeout);
    }

    private Found search(Duration timeout) throws IOException {
        List<NetworkInterface> interfaces = interfaces();
        byte[] probe = PROBE.formatted(UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                Selector selector = Selector.open()) {
            channel.bind(null).configureBlocking(false).register(selector, SelectionKey.OP_READ);
            int sent = 0;
            long left = timeout.toNanos();
            while (left > 0 && !interfaces.isEmpty()) {
                // Datagrams get lost.
                if (sent < PROBES && System.nanoTime() - start >= sent * BETWEEN_PROBES) {
                    sent++;
                    interfaces.forEach(each -> send(channel, each, probe));
                }
                progress.accept(Duration.ofNanos(left), devices.size());
                selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(Math.min(left, BETWEEN_REPORTS))));
                selector.selectedKeys().clear();
                receive(channel);
                left = timeout.toNanos() - (System.nanoTime() - start);
            }
        }
        return new Found(
                List.copyOf(devices.values()),
                interfaces.stream().map(NetworkInterface::getName).toList(),
                List.copyOf(problems.values()));
    }

    private static List<NetworkInterface> interfaces() throws SocketException {
        List<NetworkInterface> usable = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp()
                    && each.supportsMulticast()
                    && each.inetAddresses().anyMatch(Inet4Address.class::isInstance)) {
                usable.add(each);
            }
        }
        return usable;
    }

    private void send(DatagramChannel channel, NetworkInterface over, byte[] probe) {
        try {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, over);
            channel.send(ByteBuffer.wrap(probe), GROUP);
        } catch (IOException e) {
            problems.put(over.getName(), over.getName() + " cannot be asked: " + Reason.ofRoot(e));
        }
    }

    private void receive(DatagramChannel channel) throws IOException {
        while (datagrams < MOST_DATAGRAMS && devices.size() < MOST_DEVICES) {
            buffer.clear();
            if (!(channel.receive(buffer) instanceof InetSocketAddress sender)) {
                return;
            }
            datagrams++;
            byte[] datagram = new byte[buffer.flip().remaining()];
            buffer.get(datagram);
            OnvifDevice.read(datagram, sender.getAddress().getHostAddress())
                    .ifPresent(device -> devices.putIfAbsent(device.service().toString(), device));
        }
    }
}
