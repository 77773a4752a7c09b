package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real Mosquitto set up as AWS IoT Core is: only clients with a certificate of its authority, who may only write below
 * {@code dt/<name in the certificate>/}; QoS 1 and 128 KB at the most. What it is not: AWS IoT has rules and policies of
 * its own, and tells a client id from the certificate's name.
 */
public final class AwsIotLookAlike implements Server {
    private static final String READER = "reader";
    private static final String VERSION = "$SYS/broker/version";

    private final Path directory;
    private final boolean ownDirectory;
    private final TestCertificates certificates;
    private final Mosquitto broker;

    /** Prepares the broker and its authority in a folder of its own; {@link #start()} starts it. */
    public AwsIotLookAlike() {
        this(Programs.folder("aws-iot"), true);
    }

    /**
     * Prepares the broker and its authority; {@link #start()} starts it.
     *
     * @param directory empty, for its files
     */
    public AwsIotLookAlike(Path directory) {
        this(directory, false);
    }

    private AwsIotLookAlike(Path directory, boolean ownDirectory) {
        this.directory = directory;
        this.ownDirectory = ownDirectory;
        certificates = new TestCertificates(directory).rsa("server").rsa(READER);
        try {
            Path acl = Files.writeString(
                    directory.resolve("acl"),
                    "pattern write dt/%u/#\nuser " + READER + "\ntopic read #\ntopic read $SYS/#\n");
            broker = new Mosquitto(
                    directory,
                    "user root",
                    "cafile " + certificates.ca(),
                    "certfile " + certificates.certificate("server"),
                    "keyfile " + certificates.key("server"),
                    "require_certificate true",
                    "use_identity_as_username true",
                    "allow_anonymous false",
                    "acl_file " + acl,
                    "max_qos 1",
                    "max_keepalive 1200",
                    "max_inflight_messages 100",
                    "max_queued_messages 100000",
                    "message_size_limit 131072");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public AwsIotLookAlike start() {
        broker.start();
        return this;
    }

    /** Its authority, for certificates of things. */
    public TestCertificates certificates() {
        return certificates;
    }

    public Mosquitto broker() {
        return broker;
    }

    @Override
    public int port() {
        return broker.port();
    }

    /** Somebody who may read everything; each payload is {@code <content type> <user properties> <payload>}. */
    public MosquittoSub reader() {
        MosquittoSub reader = new MosquittoSub(
                port(),
                "-V",
                "5",
                "-F",
                "%t %r %C %P %p",
                "--cafile",
                certificates.ca(),
                "--cert",
                certificates.certificate(READER),
                "--key",
                certificates.key(READER),
                "-t",
                VERSION);
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
        if (ownDirectory) {
            Programs.delete(directory);
        }
    }
}
