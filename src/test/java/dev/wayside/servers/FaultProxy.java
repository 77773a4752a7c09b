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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and a server on this machine and does what networks do. */
public final class FaultProxy implements AutoCloseable {
    private final int upstream;
    private final int port;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Runnable> beforeCut = new AtomicReference<>();
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
        this.port = Programs.freePort();
        this.listener = listen(port);
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
        open.forEach(Connection::reset);
        open.clear();
    }

    /** Resets each connection after so many more bytes from the clients. */
    public void cutAfter(long bytes) {
        cutAfter(bytes, null);
    }

    /** The same, and does something before the first of these resets; what came last is still held back then. */
    public void cutAfter(long bytes, Runnable first) {
        beforeCut.set(first);
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
        beforeCut.set(null);
        if (swallowing) {
            swallowing = false;
            cut();
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
                    join(socket.accept(), socket);
                } catch (IOException e) {
                    // It is closed, or a client has left before it was let in: the next one is welcome.
                    continue;
                }
            }
        });
    }

    private void join(Socket client, ServerSocket through) {
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream), 2000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            // The server is away, which the client learns from its own connection; or the client has gone already.
            reset(client);
            reset(server);
            return;
        }
        Connection connection = new Connection(client, server, new AtomicBoolean());
        open.add(connection);
        if (through.isClosed()) {
            // Refused meanwhile, by somebody who did not see this one.
            connection.reset();
        }
        daemon(() -> pass(connection, client, server));
        daemon(() -> pass(connection, server, client));
    }

    private void pass(Connection connection, Socket from, Socket to) {
        byte[] buffer = new byte[4096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (swallowing) {
                    connection.damaged().set(true);
                    continue;
                }
                LockSupport.parkNanos(delay.toNanos());
                if (connection.damaged().get() || from == connection.client() && isTooMuch(length)) {
                    break;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side is gone; below, the other learns it too.
            open.remove(connection);
        }
        open.remove(connection);
        connection.reset();
    }

    private boolean isTooMuch(int length) {
        boolean tooMuch = counted(length);
        Runnable first = tooMuch ? beforeCut.getAndSet(null) : null;
        if (first != null) {
            first.run();
        }
        return tooMuch;
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

    /**
     * A client, and its own connection to the server.
     *
     * @param damaged whether it lost something
     */
    private record Connection(Socket client, Socket server, AtomicBoolean damaged) {
        void reset() {
            FaultProxy.reset(client);
            FaultProxy.reset(server);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
