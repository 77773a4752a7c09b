package dev.wayside.net;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import nl.altindag.ssl.SSLFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS settings from PEM files, so that no key store and no password for it is needed. An empty file name means none.
 *
 * @param caFile CA certificates trusted for the server's certificate; if none, those of the JDK
 * @param certificateFile the certificate of this client or server, with its chain
 * @param keyFile its private key, unencrypted; must not be readable by everyone
 */
public record Tls(String caFile, String certificateFile, String keyFile) {
    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    /** The CA certificates of the JDK, and no certificate of this client. */
    public static final Tls DEFAULT = new Tls("", "", "");

    /** A copy with this CA file. */
    public Tls withCaFile(String file) {
        return new Tls(file, certificateFile, keyFile);
    }

    /** A copy with this certificate of the client. */
    public Tls withCertificateFile(String file) {
        return new Tls(caFile, file, keyFile);
    }

    /** A copy with this private key. */
    public Tls withKeyFile(String file) {
        return new Tls(caFile, certificateFile, file);
    }

    /**
     * Reads the files and makes a factory for TLS connections.
     *
     * @throws InvalidInputException if a file is missing or has other content; the message says which, and what helps
     */
    public SSLFactory factory() {
        SSLFactory.Builder builder = SSLFactory.builder();
        if (caFile.isEmpty()) {
            builder.withDefaultTrustMaterial();
        } else {
            builder.withTrustMaterial(PemFile.certificates(caFile));
        }
        if (!certificateFile.isEmpty()) {
            Identity identity = identity();
            builder.withIdentityMaterial(identity.key(), new char[0], identity.chain());
        }
        return builder.build();
    }

    /**
     * A certificate and its private key.
     *
     * @param key the private key
     * @param chain the certificate, followed by those of the CAs that signed it
     */
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        /** Without the key, so that it can be logged. */
        @Override
        public String toString() {
            return chain.get(0).getSubjectX500Principal().getName();
        }
    }

    /**
     * Reads the certificate and its private key.
     *
     * @throws InvalidInputException if a file is missing or has other content; the message says which, and what helps
     */
    public Identity identity() {
        requireKeyFile();
        List<X509Certificate> chain = PemFile.certificates(certificateFile);
        PrivateKey key = PemFile.privateKey(keyFile);
        requireSecret();
        requirePair(key, chain);
        return new Identity(key, chain);
    }

    /**
     * This client's certificate and its chain, its own first; empty if there is none.
     *
     * @throws InvalidInputException if the file is missing or has other content; the message says which
     */
    public List<X509Certificate> certificates() {
        return certificateFile.isEmpty() ? List.of() : PemFile.certificates(certificateFile);
    }

    /** Advice in case a server's certificate is not trusted. */
    public String trustAdvice() {
        return caFile.isEmpty()
                ? "set the CA file to the certificate of the CA that signed it"
                : "check that " + caFile + " contains the certificate of the CA that signed it";
    }

    private void requireKeyFile() {
        if (keyFile.isEmpty()) {
            throw new InvalidInputException(
                    "The certificate " + certificateFile + " needs its private key: set the key file.");
        }
    }

    /** Anyone who can read the private key can impersonate this device. */
    private void requireSecret() {
        try {
            if (Files.getPosixFilePermissions(Path.of(keyFile)).contains(PosixFilePermission.OTHERS_READ)) {
                throw new InvalidInputException("The private key " + keyFile
                        + " can be read by every user of this machine; remove that permission: chmod o= "
                        + PemFile.quoted(keyFile));
            }
        } catch (IOException e) {
            throw new InvalidInputException(keyFile + " cannot be read: " + Reason.ofRoot(e) + ".", e);
        }
    }

    /** Otherwise the server would close the connection during the handshake, with a less helpful message. */
    private void requirePair(PrivateKey key, List<X509Certificate> chain) {
        if (isOf(key, chain.get(0))) {
            return;
        }
        throw new InvalidInputException(
                chain.stream().anyMatch(certificate -> isOf(key, certificate))
                        ? "The file " + certificateFile + " has another certificate before this machine's: put"
                                + " this machine's first, then those of the CAs that signed it."
                        : "The private key " + keyFile + " does not belong to the certificate " + certificateFile
                                + ": use the key that the certificate was made for. Of a pair, these print the same:"
                                + " openssl x509 -noout -pubkey -in " + PemFile.quoted(certificateFile)
                                + " and openssl pkey -pubout -in " + PemFile.quoted(keyFile));
    }

    private static boolean isOf(PrivateKey key, X509Certificate certificate) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC", "ECDSA" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(certificate.getEncoded());
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(certificate.getEncoded());
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            log.debug("the {} key does not match a certificate", algorithm, e);
            return false;
        }
    }
}
