package dev.wayside.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which ports of this machine can be listened on. */
public final class Ports {
    private Ports() {}

    /**
     * Listens for a moment.
     *
     * @param host a name or address of this machine
     * @param port 1 to 65535, or 0 for any that is free
     * @return the port
     * @throws IOException if that is not possible: {@link java.net.BindException} or
     *     {@link java.net.UnknownHostException}
     */
    public static int probe(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: a port that a program left a moment ago counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket.getLocalPort();
        }
    }

    /** A port of the loopback address that is free now. */
    public static int free() throws IOException {
        return probe(InetAddress.getLoopbackAddress().getHostAddress(), 0);
    }
}
