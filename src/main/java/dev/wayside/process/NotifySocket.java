package dev.wayside.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The datagram socket of systemd, where Java has only stream sockets in the file system.
 *
 * @param name a path, or {@code @} and a name in Linux's abstract namespace
 */
record NotifySocket(String name) {
    private static final short UNIX = 1;
    private static final int DATAGRAM = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    /** Of {@code sockaddr_un}. */
    private static final int PATH_SIZE = 108;

    /** The calls of the C library that are used. */
    interface C extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        NativeLong sendto(int socket, byte[] message, NativeLong length, int flags, byte[] address, int addressLength)
                throws LastErrorException;

        int close(int socket) throws LastErrorException;
    }

    /**
     * Sends one message.
     *
     * @param state as in {@code READY=1}
     * @throws IOException if nobody reads the socket, or if the C library cannot be called
     */
    void send(String state) throws IOException {
        try {
            C c = Native.load("c", C.class);
            int socket = c.socket(UNIX, DATAGRAM | CLOSE_ON_EXEC, 0);
            try {
                byte[] message = state.getBytes(StandardCharsets.UTF_8);
                byte[] address = address();
                c.sendto(socket, message, new NativeLong(message.length), 0, address, address.length);
            } finally {
                c.close(socket);
            }
        } catch (LastErrorException | LinkageError e) {
            throw new IOException("the socket " + name + ": " + e.getMessage(), e);
        }
    }

    /** {@code sockaddr_un}: the family, and the name. An abstract one begins with a zero and ends with the address. */
    private byte[] address() throws IOException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_SIZE) {
            throw new IOException("the name of the socket has " + path.length + " bytes, of which Linux allows "
                    + (PATH_SIZE - 1) + ": " + name);
        }
        boolean inAbstractNamespace = name.startsWith("@");
        if (inAbstractNamespace) {
            path[0] = 0;
        }
        return ByteBuffer.allocate(Short.BYTES + path.length + (inAbstractNamespace ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort(UNIX)
                .put(path)
                .array();
    }
}
