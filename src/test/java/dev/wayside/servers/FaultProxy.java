package dev.wayside.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and a server on this machine and does what networks do. */
public final class FaultProxy implements AutoCloseable {
    private final int upstream;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile boolean swallowing;
    private volatile Duration delay = Duration.ZERO;
    private volatile long bytesUntilCut = Long.MAX_VALUE;

    /**
     * Passes everything on until told otherwise.
     *
     * @param upstream the server's port
     */
    public FaultProxy(int upstream) {
        this.upstream = upstream;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    public int port() {
        return port;
    }

    /** Cuts all connections and refuses new ones, as a server does that is not running. */
    public void refuse() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    /** Resets all open connections; new ones are welcome. */
    public void cut() {
        open.forEach(FaultProxy::reset);
        open.clear();
    }

    /** Resets each connection after so many more bytes from the clients. */
    public void cutAfter(long bytes) {
        bytesUntilCut = bytes;
    }

    /** Takes everything and passes nothing on: connections look alive and are dead, as behind a router without power. */
    public void swallow() {
        swallowing = true;
    }

    /** Holds each piece up for so long on its way. */
    public void slow(Duration each) {
        delay = each;
    }

    /** Passes everything on again. Connections that lost something are cut, as they could never be whole again. */
    public void restore() {
        delay = Duration.ZERO;
        bytesUntilCut = Long.MAX_VALUE;
        if (swallowing) {
            cut();
            swallowing = false;
        }
        if (listener.isClosed()) {
            listener = listen(port);
            accept(listener);
        }
    }

    @Override
    public void close() {
        refuse();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        daemon(() -> {
            while (!socket.isClosed()) {
                try {
                    join(socket.accept());
                } catch (IOException e) {
                    if (!socket.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    private void join(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream), 2000);
        } catch (IOException e) {
            // The server is away: the client learns it from its own connection.
            reset(client);
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        daemon(() -> pass(client, server, true));
        daemon(() -> pass(server, client, false));
    }

    private void pass(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[4096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (swallowing) {
                    continue;
                }
                LockSupport.parkNanos(delay.toNanos());
                if (fromClient && counted(length)) {
                    break;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side is gone; below, the other learns it too.
            open.remove(from);
        }
        open.remove(from);
        open.remove(to);
        reset(from);
        reset(to);
    }

    private synchronized boolean counted(int length) {
        if (bytesUntilCut == Long.MAX_VALUE) {
            return false;
        }
        bytesUntilCut -= length;
        return bytesUntilCut < 0;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed by the other direction's thread: what was wanted.
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
