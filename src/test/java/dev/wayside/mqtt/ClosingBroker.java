package dev.wayside.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Accepts every client and closes the connection without a reason at its first message, as AWS IoT Core may do. */
final class ClosingBroker implements AutoCloseable {
    /** CONNACK: no session, success, no properties. */
    static final byte[] ACCEPTED = {0x20, 3, 0, 0, 0};

    private static final int PUBLISH = 3;
    private final ServerSocket server;

    ClosingBroker() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "curt-broker");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                skipPacket(client.getInputStream());
                client.getOutputStream().write(ACCEPTED);
                int type = skipPacket(client.getInputStream());
                while (type != PUBLISH && type >= 0) {
                    type = skipPacket(client.getInputStream());
                }
            } catch (IOException e) {
                // The client or the test has gone; the next accept tells which.
                continue;
            }
        }
    }

    /** Reads a whole packet and returns its type, or -1 at the end. */
    static int skipPacket(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return -1;
        }
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.read();
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        in.skipNBytes(length);
        return first >> 4;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
