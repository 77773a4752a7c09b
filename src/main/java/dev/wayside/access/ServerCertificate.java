package dev.wayside.access;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.net.Tls;
import dev.wayside.net.Tls.Identity;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the server. When its files change, new connections get the new certificate; open ones, such as the
 * live picture, go on with the old. If the new files cannot be used, the old certificate stays.
 */
final class ServerCertificate {
    private static final Logger log = LoggerFactory.getLogger(ServerCertificate.class);

    /** The key store exists in memory only, but its format needs a password. */
    private static final String PASSWORD = "in memory";

    private final Tls files;
    private volatile X509Certificate current;
    private volatile String reason;
    private volatile boolean refused;

    ServerCertificate(String certificateFile, String keyFile) {
        files = new Tls("", certificateFile, keyFile);
    }

    List<Path> files() {
        return List.of(Path.of(files.certificateFile()), Path.of(files.keyFile()));
    }

    /**
     * Reads the files for the start of the server.
     *
     * @throws InvalidInputException if they cannot be used; the message says which, and why
     */
    SSLContextParameters parameters() {
        Identity identity = files.identity();
        KeyStoreParameters store = new KeyStoreParameters();
        store.setKeyStore(keyStore(identity));
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword(PASSWORD);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        use(identity);
        reason = expiry(current);
        if (reason != null) {
            log.warn("{} Browsers will refuse the page.", reason);
        }
        return parameters;
    }

    /** Whether the files have been refused since the server uses its certificate. */
    boolean isRefused() {
        return refused;
    }

    /** Reads the files again. */
    void reload(HttpServer server) {
        try {
            Identity identity = files.identity();
            String unusable = expiry(identity.chain().get(0));
            if (unusable != null) {
                throw new InvalidInputException(unusable);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(identity), PASSWORD.toCharArray());
            // Camel's server also offers HTTP/2, but these options replace all that it set.
            server.updateSSLOptions(new SSLOptions()
                            .setKeyCertOptions(KeyCertOptions.wrap(keys))
                            .setUseAlpn(true))
                    .onSuccess(replaced -> {
                        use(identity);
                        reason = null;
                        refused = false;
                        log.info("The page has a new certificate, valid until {}", validUntil());
                    })
                    .onFailure(this::keepOld);
        } catch (GeneralSecurityException | InvalidInputException e) {
            keepOld(e);
        }
    }

    private void keepOld(Throwable failure) {
        String now = "The new certificate is not used: " + Reason.of(failure);
        if (!now.equals(reason)) {
            log.warn("{} The page keeps the old one, valid until {}.", now, validUntil());
        }
        reason = now;
        refused = true;
    }

    private void use(Identity identity) {
        current = identity.chain().get(0);
    }

    private Instant validUntil() {
        return current.getNotAfter().toInstant();
    }

    /** Why a certificate is not valid now, or null. */
    private String expiry(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return null;
        } catch (CertificateException e) {
            return "The certificate " + files.certificateFile() + " is valid only from "
                    + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant() + ".";
        }
    }

    private static KeyStore keyStore(Identity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "page",
                    identity.key(),
                    PASSWORD.toCharArray(),
                    identity.chain().toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has key stores in memory", e);
        }
    }

    /** Until when the certificate is valid, and what is wrong with it or with its successor. */
    Map<String, Object> status() {
        Map<String, Object> status = new TreeMap<>();
        if (current == null) {
            // Camel has no HTTP server.
            return status;
        }
        status.put("certificate_valid_until", validUntil().toString());
        String wrong = reason != null ? reason : expiry(current);
        if (wrong != null) {
            status.put("reason", wrong);
        }
        return status;
    }
}
