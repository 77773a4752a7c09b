package dev.wayside.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Viewers of the live picture, all in one thread, which read as fast as they can and only count the pictures. */
final class Viewers implements AutoCloseable {
    private static final byte[] PICTURE = "Content-Type: image/jpeg".getBytes(StandardCharsets.US_ASCII);
    private static final String REQUEST =
            "GET /stream.mjpg HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\n\r\n";

    private final Selector selector = Selector.open();
    private final AtomicLong pictures = new AtomicLong();
    private final Thread thread = new Thread(this::read, "viewers");
    private volatile IOException failure;

    /**
     * Opens all streams.
     *
     * @param page whose picture they watch
     * @param count how many
     */
    Viewers(ServedProcess page, int count) throws IOException {
        byte[] request = REQUEST.formatted(page.port(), page.authorization()).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", page.port()));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new int[1]);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * How many pictures they have received, all together.
     *
     * @throws IOException if a stream has ended
     */
    long pictures() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return pictures.get();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    if (((SocketChannel) key.channel()).read(buffer) < 0) {
                        throw new IOException("a live picture ended by itself");
                    }
                    count(buffer, (int[]) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (java.nio.channels.ClosedSelectorException e) {
            // Closed on purpose.
        } catch (IOException e) {
            failure = e;
        }
    }

    /** The header may be divided between two reads, so each stream remembers how much of it has come. */
    private void count(ByteBuffer buffer, int[] matched) {
        for (int i = 0; i < buffer.position(); i++) {
            byte next = buffer.get(i);
            matched[0] = next == PICTURE[matched[0]] ? matched[0] + 1 : next == PICTURE[0] ? 1 : 0;
            if (matched[0] == PICTURE.length) {
                matched[0] = 0;
                pictures.incrementAndGet();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
