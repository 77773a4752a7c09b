package dev.wayside.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Accepts clients one after the other and answers their messages as the test decides, which no real broker can be
 * configured to do.
 */
final class ScriptedBroker implements AutoCloseable {
    /** CONNACK: success, with the property Maximum QoS 0. */
    static final byte[] ACCEPTED_WITHOUT_ACKNOWLEDGEMENTS = {0x20, 5, 0, 0, 2, 0x24, 0};

    private static final int PUBLISH = 3;

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final CountDownLatch left = new CountDownLatch(1);
    private final byte[] accepted;
    private final Treatment treatment;

    /** Decides how a message is answered. */
    interface Treatment {
        /**
         * Answers a message, or does not.
         *
         * @return the reason code of its PUBACK, or -1 for none
         */
        int reasonCode(String topic) throws IOException;
    }

    ScriptedBroker(byte[] accepted, Treatment treatment) throws IOException {
        this.accepted = accepted;
        this.treatment = treatment;
        Thread thread = new Thread(this::serve, "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** Whether a client has closed its connection, or does so within five seconds. */
    boolean wasLeft() throws InterruptedException {
        return left.await(5, TimeUnit.SECONDS);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                ClosingBroker.skipPacket(in);
                client.getOutputStream().write(accepted);
                converse(in, client.getOutputStream());
                left.countDown();
            } catch (IOException e) {
                // The client or the test has gone; the next accept tells which.
                continue;
            }
        }
    }

    private void converse(DataInputStream in, OutputStream out) throws IOException {
        int first = in.read();
        while (first >= 0) {
            byte[] packet = new byte[remainingLength(in)];
            in.readFully(packet);
            if (first >> 4 == PUBLISH) {
                answer(packet, (first & 6) != 0, out);
            }
            first = in.read();
        }
    }

    private void answer(byte[] message, boolean toAcknowledge, OutputStream out) throws IOException {
        int length = (message[0] & 0xff) << 8 | message[1] & 0xff;
        int code = treatment.reasonCode(new String(message, 2, length, StandardCharsets.UTF_8));
        if (toAcknowledge && code >= 0) {
            out.write(new byte[] {0x40, 3, message[length + 2], message[length + 3], (byte) code});
        }
    }

    private static int remainingLength(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return length;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
