package dev.wayside.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A datagram socket as systemd has it. */
final class NotifyReceiver implements AutoCloseable {
    private static final int RECEIVE_TIMEOUT = 20;
    private static final int SOCKET_LEVEL = 1;
    private static final int INTERRUPTED_OR_EMPTY = 11;

    private final C c = Native.load("c", C.class);
    private final int socket;

    interface C extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        int bind(int socket, byte[] address, int length) throws LastErrorException;

        int setsockopt(int socket, int level, int option, long[] value, int length) throws LastErrorException;

        NativeLong recv(int socket, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

        int close(int socket) throws LastErrorException;
    }

    /** Listens on a path, or on an abstract name that begins with {@code @}. */
    NotifyReceiver(String name) {
        socket = c.socket(1, 2, 0);
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path[0] == '@') {
            path[0] = 0;
        }
        byte[] address = ByteBuffer.allocate(2 + path.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) 1)
                .put(path)
                .array();
        c.bind(socket, address, address.length);
    }

    /** The next message; waits for it at most ten seconds. */
    String next() {
        return receive(10_000);
    }

    List<String> next(int count) {
        List<String> messages = new ArrayList<>();
        while (messages.size() < count) {
            messages.add(next());
        }
        return messages;
    }

    /** Whether no message comes for so many milliseconds. */
    boolean silentFor(long millis) {
        try {
            receive(millis);
            return false;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == INTERRUPTED_OR_EMPTY) {
                return true;
            }
            throw e;
        }
    }

    private String receive(long millis) {
        c.setsockopt(socket, SOCKET_LEVEL, RECEIVE_TIMEOUT, new long[] {millis / 1000, millis % 1000 * 1000}, 16);
        byte[] buffer = new byte[256];
        int length = c.recv(socket, buffer, new NativeLong(buffer.length), 0).intValue();
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        c.close(socket);
    }
}
