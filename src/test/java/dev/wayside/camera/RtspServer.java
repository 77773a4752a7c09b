package dev.wayside.camera;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network camera: RTSP (RFC 2326) over TCP with H.264, 25 pictures per second, and Digest authentication (RFC 2617) when
 * it has a user.
 */
final class RtspServer implements AutoCloseable {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final String NONCE = "0a4f113b";

    private final ServerSocket listener;
    private final H264Clip clip;
    private final String user;
    private final String password;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger teardowns = new AtomicInteger();
    private volatile boolean silent;

    RtspServer(H264Clip clip, int port) {
        this(clip, port, null, null);
    }

    RtspServer(H264Clip clip, int port, String user, String password) {
        this.clip = clip;
        this.user = user;
        this.password = password;
        try {
            listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    String url(String credentials) {
        return "rtsp://" + credentials + "127.0.0.1:" + port() + "/live";
    }

    void silent(boolean now) {
        silent = now;
    }

    /** How many clients sent TEARDOWN. */
    int teardowns() {
        return teardowns.get();
    }

    /** Closes all connections, as if the cable were unplugged and plugged in again. */
    void dropClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket client = listener.accept();
                clients.add(client);
                threads.execute(() -> serve(client));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = new BufferedOutputStream(client.getOutputStream());
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                Map<String, String> headers = new HashMap<>();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    String[] parts = line.split(": *", 2);
                    headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
                }
                synchronized (out) {
                    answer(request.split(" ")[0], headers, out);
                }
            }
        } catch (IOException e) {
            // The client has disconnected, which many tests cause on purpose.
        } finally {
            clients.remove(client);
        }
    }

    private void answer(String method, Map<String, String> headers, OutputStream out) throws IOException {
        String sequence = "CSeq: " + headers.get("cseq") + "\r\n";
        if (!method.equals("OPTIONS") && user != null && !allowed(method, headers.get("authorization"))) {
            write(
                    out,
                    "RTSP/1.0 401 Unauthorized\r\n" + sequence + "WWW-Authenticate: Digest realm=\"camera\", nonce=\""
                            + NONCE + "\"\r\n\r\n");
            return;
        }
        String ok = "RTSP/1.0 200 OK\r\n" + sequence;
        switch (method) {
            case "OPTIONS" -> write(out, ok + "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n");
            case "DESCRIBE" -> {
                String sdp = description();
                write(out, ok + "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp);
            }
            case "SETUP" -> write(out, ok + "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n");
            case "PLAY" -> {
                write(out, ok + "Session: 1\r\n\r\n");
                threads.execute(() -> play(out));
            }
            default -> {
                teardowns.addAndGet(method.equals("TEARDOWN") ? 1 : 0);
                write(out, ok + "Session: 1\r\n\r\n");
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private String description() {
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                "\r\n",
                "v=0",
                "o=- 0 0 IN IP4 127.0.0.1",
                "s=camera",
                "t=0 0",
                "m=video 0 RTP/AVP 96",
                "a=rtpmap:96 H264/90000",
                "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=" + base64.encodeToString(clip.sps()) + ","
                        + base64.encodeToString(clip.pps()),
                "a=control:track1",
                "");
    }

    private void play(OutputStream out) {
        RtpPacketizer packetizer = new RtpPacketizer(out);
        List<List<byte[]>> pictures = clip.pictures();
        try {
            for (int number = 0; !closed.await(40, TimeUnit.MILLISECONDS); number++) {
                if (!silent) {
                    synchronized (out) {
                        packetizer.send(pictures.get(number % pictures.size()), number * 3600);
                    }
                }
            }
        } catch (IOException e) {
            // The client is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean allowed(String method, String authorization) {
        if (authorization == null || !authorization.startsWith("Digest ")) {
            return false;
        }
        Map<String, String> given = new HashMap<>();
        Matcher parameters = PARAMETER.matcher(authorization);
        while (parameters.find()) {
            given.put(parameters.group(1), parameters.group(2));
        }
        String expected =
                md5(md5(user + ":camera:" + password) + ":" + NONCE + ":" + md5(method + ":" + given.get("uri")));
        return user.equals(given.get("username")) && expected.equals(given.get("response"));
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            dropClients();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
