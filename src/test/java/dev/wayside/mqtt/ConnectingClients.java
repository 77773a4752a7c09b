package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** MQTT clients that connect and disconnect again and again without a pause, whether they are accepted or not. */
public final class ConnectingClients implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int CONNACK = 0x20;

    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private volatile boolean open = true;

    public ConnectingClients(int port, int count) {
        this.port = port;
        for (int i = 0; i < count; i++) {
            String name = "client-" + i;
            Thread thread = new Thread(() -> connectAgainAndAgain(name), name);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** How many connects were accepted so far. */
    public long accepted() {
        return accepted.get();
    }

    private void connectAgainAndAgain(String name) {
        while (open) {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
                socket.getOutputStream().write(connect(name));
                InputStream in = socket.getInputStream();
                if (in.read() == CONNACK) {
                    accepted.incrementAndGet();
                }
            } catch (IOException e) {
                // No broker is there, or it is stopping: the next attempt follows at once.
                Thread.yield();
            }
        }
    }

    /** A CONNECT of MQTT 3.1.1 with a clean session. */
    private static byte[] connect(String clientId) {
        byte[] id = clientId.getBytes(StandardCharsets.US_ASCII);
        byte[] head = {0x10, (byte) (12 + id.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, (byte) id.length};
        byte[] packet = new byte[head.length + id.length];
        System.arraycopy(head, 0, packet, 0, head.length);
        System.arraycopy(id, 0, packet, head.length, id.length);
        return packet;
    }

    @Override
    public void close() {
        open = false;
        await().atMost(Duration.ofMinutes(1)).until(() -> threads.stream().noneMatch(Thread::isAlive));
    }
}
