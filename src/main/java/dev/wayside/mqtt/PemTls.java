package dev.wayside.mqtt;

import dev.wayside.failure.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/** TLS straight from PEM files: no key store to make, no password to keep beside it. */
final class PemTls {
    private PemTls() {}

    /**
     * Makes a socket factory.
     *
     * @param caFile who may sign the server's certificate; empty trusts the JDK's authorities
     * @param certificateFile this client's certificate with its chain, or empty for none
     * @param keyFile its private key, RSA or EC, PKCS#8 or PKCS#1, not encrypted; not readable by everyone
     * @throws InvalidInputException if a file is missing or holds something else; the message names it
     */
    static SSLSocketFactory socketFactory(String caFile, String certificateFile, String keyFile) {
        SSLFactory.Builder builder = SSLFactory.builder();
        if (caFile.isEmpty()) {
            builder.withDefaultTrustMaterial();
        } else {
            X509ExtendedTrustManager trusted = read(caFile, "certificate", PemUtils::loadTrustMaterial);
            builder.withTrustMaterial(trusted);
        }
        if (!certificateFile.isEmpty()) {
            builder.withIdentityMaterial(identity(certificateFile, keyFile));
        }
        return builder.build().getSslSocketFactory();
    }

    private static X509ExtendedKeyManager identity(String certificateFile, String keyFile) {
        requireSecret(keyFile);
        return read(
                certificateFile,
                "certificate",
                certificate -> read(keyFile, "private key", key -> PemUtils.loadIdentityMaterial(certificate, key)));
    }

    /** Whoever reads a private key can pass himself off as this device. */
    private static void requireSecret(String keyFile) {
        if (keyFile.isEmpty()) {
            throw new InvalidInputException("A certificate of this client needs its private key beside it.");
        }
        try {
            if (Files.getPosixFilePermissions(Path.of(keyFile)).contains(PosixFilePermission.OTHERS_READ)) {
                throw new InvalidInputException("The private key " + keyFile
                        + " can be read by every user of this machine; take that right away: chmod o= " + keyFile);
            }
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + keyFile + ": it must be a readable PEM file.", e);
        }
    }

    private interface Loader<T> {
        T load(InputStream pem);
    }

    private static <T> T read(String file, String content, Loader<T> loader) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            return loader.load(pem);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + file + ": it must be a readable PEM file.", e);
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidInputException(
                    file + " holds no usable " + content + " in PEM form: " + e.getMessage(), e);
        }
    }
}
