package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Mosquitto as somebody sets it up who minds it: users with passwords, one port with TLS, a largest packet, and
 * topics that nobody may write to. It keeps nothing over a restart.
 */
public final class GuardedBroker implements Server {
    public static final String USER = "wayside";
    public static final String PASSWORD = "a&b's secret";

    private static final String READER = "reader";
    private static final String VERSION = "$SYS/broker/version";

    private final Path directory = Programs.folder("mosquitto");
    private final int tlsPort = Programs.freePort();
    private final TestCertificates certificates = new TestCertificates(directory).rsa("server");
    private final Mosquitto broker;

    /** Prepares it, with a folder of its own; {@link #start()} starts it. */
    public GuardedBroker() {
        try {
            broker = new Mosquitto(
                    directory,
                    "user root",
                    "allow_anonymous false",
                    "password_file " + passwords(),
                    "acl_file " + rules(),
                    "max_packet_size 200000",
                    "max_queued_messages 100000",
                    "listener " + tlsPort + " 127.0.0.1",
                    "certfile " + certificates.certificate("server"),
                    "keyfile " + certificates.key("server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path passwords() throws IOException {
        Path file = Files.createFile(directory.resolve("passwords"));
        for (String user : new String[] {USER, READER}) {
            int code = new ProcessBuilder(
                            Programs.require("mosquitto_passwd", "mosquitto").toString(),
                            "-b",
                            file.toString(),
                            user,
                            PASSWORD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (code != 0) {
                throw new IllegalStateException("mosquitto_passwd ended with " + code);
            }
        }
        return file;
    }

    private Path rules() throws IOException {
        return Files.writeString(
                directory.resolve("acl"),
                "user " + USER + "\ntopic readwrite #\ntopic deny wayside/+/forbidden/#\nuser " + READER
                        + "\ntopic read #\ntopic read $SYS/#\n");
    }

    @Override
    public GuardedBroker start() {
        broker.start();
        return this;
    }

    @Override
    public int port() {
        return broker.port();
    }

    /** Where it speaks TLS. */
    public int tlsPort() {
        return tlsPort;
    }

    /** PEM; who signed its certificate. */
    public String ca() {
        return certificates.ca();
    }

    /**
     * Somebody who may read everything; each payload is {@code <content type> <user properties> <payload>}.
     *
     * @param options more of mosquitto_sub's own
     */
    public MosquittoSub reader(String... options) {
        List<String> all = new ArrayList<>(
                List.of("-V", "5", "-F", "%t %r %C %P %p", "-u", READER, "-P", PASSWORD, "-t", VERSION));
        all.addAll(List.of(options));
        MosquittoSub reader = new MosquittoSub(port(), all.toArray(String[]::new));
        // The broker keeps this one for every subscriber; it comes when the subscription counts.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> reader.on(VERSION).findAny().isPresent());
        return reader;
    }

    @Override
    public void kill() {
        broker.kill();
    }

    @Override
    public void close() {
        broker.close();
        Programs.delete(directory);
    }
}
