package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.servers.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a TLS server receives from the client: the server name and the protocol, as port 443 of AWS IoT Core requires.
 */
class TlsNetworkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private TestCertificates certificates;
    private final AtomicReference<String> name = new AtomicReference<>();
    private final AtomicReference<List<String>> protocols = new AtomicReference<>();

    @BeforeEach
    void makeCertificates() {
        certificates = new TestCertificates(directory).rsa("server").rsa("pi-01");
    }

    @Test
    void sendsTheServerNameAndRequestsMqtt() throws Exception {
        try (SSLServerSocket server = server();
                AwsIotConnection connection = connection(server, AwsIotConnection.PROTOCOL)) {
            serve(server, AwsIotConnection.PROTOCOL);
            connection.start();
            await().atMost(PATIENCE).until(connection::isConnected);
            assertEquals("localhost", name.get());
            assertEquals(List.of("x-amzn-mqtt-ca"), protocols.get());
        }
    }

    @Test
    void requestsNoProtocolOnTheUsualPort() throws Exception {
        try (SSLServerSocket server = server();
                AwsIotConnection connection = connection(server, "")) {
            serve(server, null);
            connection.start();
            await().atMost(PATIENCE).until(connection::isConnected);
            assertEquals("localhost", name.get());
            assertEquals(null, protocols.get());
        }
    }

    @Test
    void aServerThatRefusesMqttIsExplained() throws Exception {
        try (SSLServerSocket server = server();
                AwsIotConnection connection = connection(server, AwsIotConnection.PROTOCOL)) {
            serve(server, null);
            connection.start();
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(connection.status().get("reason"))
                            .contains("the broker does not support the requested protocol (ALPN)"));
        }
    }

    private AwsIotConnection connection(SSLServerSocket server, String alpn) throws Exception {
        AwsIotConnection connection = new AwsIotConnection("localhost", server.getLocalPort(), "pi-01");
        connection.setAlpn(alpn);
        connection.setCaFile(certificates.ca());
        connection.setCertificateFile(certificates.certificate("pi-01"));
        connection.setKeyFile(certificates.key("pi-01"));
        return connection;
    }

    private SSLServerSocket server() throws IOException {
        SSLFactory tls = SSLFactory.builder()
                .withIdentityMaterial(PemUtils.loadIdentityMaterial(
                        Path.of(certificates.certificate("server")), Path.of(certificates.key("server"))))
                .withTrustMaterial(PemUtils.loadTrustMaterial(Path.of(certificates.ca())))
                .build();
        SSLServerSocket server = (SSLServerSocket)
                tls.getSslServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        return server;
    }

    /** Accepts clients with TLS and MQTT; if the protocol is null, the server does not support ALPN. */
    private void serve(SSLServerSocket server, String protocol) {
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (SSLSocket client = (SSLSocket) server.accept()) {
                            greet(client, protocol);
                        } catch (IOException e) {
                            // The client or the test has gone; the next accept tells which.
                            continue;
                        }
                    }
                },
                "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void greet(SSLSocket client, String protocol) throws IOException {
        if (protocol != null) {
            client.setHandshakeApplicationProtocolSelector((socket, offered) -> {
                protocols.set(offered);
                return offered.contains(protocol) ? protocol : null;
            });
        }
        client.startHandshake();
        name.set(((ExtendedSSLSession) client.getSession())
                .getRequestedServerNames().stream()
                        .map(asked -> ((SNIHostName) asked).getAsciiName())
                        .findFirst()
                        .orElse("none"));
        ClosingBroker.skipPacket(client.getInputStream());
        client.getOutputStream().write(ClosingBroker.ACCEPTED);
        while (ClosingBroker.skipPacket(client.getInputStream()) >= 0) {
            Thread.onSpinWait();
        }
    }
}
