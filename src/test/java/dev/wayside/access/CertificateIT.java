package dev.wayside.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.net.Tls;
import dev.wayside.servers.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, and certificates that change while the page is watched. */
class CertificateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private TestCertificates certificates;
    private AccessSettings settings;
    private SSLContext trust;

    @BeforeEach
    void prepare() throws IOException {
        certificates = new TestCertificates(directory).rsa("first").ec("second");
        use("first");
        AccessSettings base = GuardedPage.settings("127.0.0.1", directory);
        new PasswordFile(base.hashFile()).set(GuardedPage.PASSWORD);
        settings = new AccessSettings(
                base.host(),
                base.machine(),
                base.names(),
                base.hashFile(),
                base.passwordFile(),
                certificates.certificate("page"),
                certificates.key("page"),
                base.sessionTimeout());
        trust = new Tls(certificates.ca(), "", "").factory().getSslContext();
    }

    private void use(String name) throws IOException {
        replace(certificates.key(name), certificates.key("page"));
        replace(certificates.certificate(name), certificates.certificate("page"));
    }

    /** In one step, as certbot and Kubernetes do. */
    private void replace(String from, String to) throws IOException {
        Path copy = Files.copy(Path.of(from), Path.of(to + ".new"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, Path.of(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aNewCertificateIsUsedWithoutCuttingOffStreams() throws Exception {
        try (GuardedPage page = new GuardedPage(settings)) {
            Client client = new Client(page.url(), HttpClient.newBuilder().sslContext(trust));
            assertEquals(302, client.logIn(GuardedPage.PASSWORD).statusCode());
            HttpResponse<InputStream> stream = client.send(client.request("/api/events"), BodyHandlers.ofInputStream());
            assertEquals(200, stream.statusCode());
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
                try (InputStream in = stream.body()) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // An end, too.
                }
            });
            assertEquals("CN=first", subject(page));
            use("second");
            await().atMost(PATIENCE).until(() -> subject(page).equals("CN=second"));
            assertFalse(end.isDone(), "the stream goes on");
            assertEquals(200, client.status("/api/status"));
            Client later = new Client(page.url(), HttpClient.newBuilder().sslContext(trust));
            assertEquals(302, later.logIn(GuardedPage.PASSWORD).statusCode());
            assertEquals(stream.version(), later.get("/").version(), "the protocol is the same as before");
        }
    }

    @Test
    void anUnusableCertificateIsReportedAndTheOldOneStays() throws Exception {
        try (GuardedPage page = new GuardedPage(settings)) {
            replace(certificates.certificate("second"), certificates.certificate("page"));
            await().atMost(PATIENCE).until(() -> page.access.status().containsKey("reason"));
            assertTrue(
                    page.access.status().get("reason").toString().contains("does not belong to the certificate"),
                    page.access.status()::toString);
            assertEquals("CN=first", subject(page));
            replace(certificates.key("second"), certificates.key("page"));
            await().atMost(PATIENCE).until(() -> subject(page).equals("CN=second"));
            assertFalse(page.access.status().containsKey("reason"), page.access.status()::toString);
        }
    }

    @Test
    void anUnusableCertificateIsTriedAgainWhenOnlyThePermissionsChange() throws Exception {
        try (GuardedPage page = new GuardedPage(settings)) {
            Path key = Path.of(certificates.key("second"));
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
            use("second");
            await().atMost(PATIENCE).until(() -> page.access.status().containsKey("reason"));
            assertEquals("CN=first", subject(page));
            Files.setPosixFilePermissions(
                    Path.of(certificates.key("page")), PosixFilePermissions.fromString("rw-------"));
            await().atMost(PATIENCE).until(() -> subject(page).equals("CN=second"));
            assertFalse(page.access.status().containsKey("reason"), page.access.status()::toString);
        }
    }

    @Test
    void theCookiesAreForTlsOnly() throws Exception {
        try (GuardedPage page = new GuardedPage(settings)) {
            Client client = new Client(page.url(), HttpClient.newBuilder().sslContext(trust));
            HttpResponse<String> answer = client.logIn(GuardedPage.PASSWORD);
            String all = answer.headers().allValues("set-cookie") + " "
                    + client.get("/").headers().allValues("set-cookie");
            assertTrue(all.contains("wayside-") && all.contains("XSRF-TOKEN"), all);
            assertEquals(3, all.split("; Secure", -1).length - 1, all);
        }
    }

    private String subject(GuardedPage page) throws IOException {
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", page.port)) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }
}
