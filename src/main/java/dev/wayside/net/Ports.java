package dev.wayside.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out which ports of this machine are free. */
public final class Ports {
    private Ports() {}

    /**
     * Listens on a port for a moment.
     *
     * @param host a name or address of this machine
     * @param port 1 to 65535, or 0 for any free port
     * @return the port
     * @throws IOException if the port cannot be used: {@link java.net.BindException} or
     *     {@link java.net.UnknownHostException}
     */
    public static int probe(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // Like servers do, so that a port that a program has just released counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket.getLocalPort();
        }
    }

    /** A currently free port of the loopback address. */
    public static int free() throws IOException {
        return probe(InetAddress.getLoopbackAddress().getHostAddress(), 0);
    }
}
