package dev.wayside.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import nl.altindag.ssl.SSLFactory;

/**
 * A TLS handshake with a server, with which nothing else is exchanged: the certificates that it showed, and whether they
 * are trusted.
 *
 * @param protocol such as {@code TLSv1.3}; empty if the handshake failed
 * @param chain the server's certificates, its own first; empty if it showed none
 * @param failure why the handshake failed; empty if it did not
 */
public record Handshake(String protocol, List<X509Certificate> chain, Optional<IOException> failure) {
    /**
     * Connects, shakes hands with verification of the host name, and disconnects.
     *
     * @param host a name or an address, without brackets
     * @param alpn the protocol to request; empty for none
     * @param timeout for connecting, and for each read
     * @throws dev.wayside.failure.InvalidInputException if a file of the TLS settings is invalid
     */
    public static Handshake with(Tls tls, String host, int port, String alpn, Duration timeout) {
        SSLFactory factory = tls.factory();
        Recorder recorder = new Recorder(factory.getTrustManager().orElseThrow());
        int milliseconds = (int) timeout.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), milliseconds);
            plain.setSoTimeout(milliseconds);
            SSLSocket secure =
                    (SSLSocket) context(factory, recorder).getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!alpn.isEmpty()) {
                parameters.setApplicationProtocols(new String[] {alpn});
            }
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return new Handshake(secure.getSession().getProtocol(), recorder.chain, Optional.empty());
        } catch (IOException e) {
            return new Handshake("", recorder.chain, Optional.of(e));
        }
    }

    private static SSLContext context(SSLFactory factory, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys =
                    factory.getKeyManager().map(key -> new KeyManager[] {key}).orElse(null);
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Keeps the server's certificates, even those that are not trusted, and leaves the decision to another. */
    private static final class Recorder extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager trust;
        private volatile List<X509Certificate> chain = List.of();

        Recorder(X509ExtendedTrustManager trust) {
            this.trust = trust;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket)
                throws CertificateException {
            chain = List.of(shown);
            trust.checkServerTrusted(shown, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine)
                throws CertificateException {
            chain = List.of(shown);
            trust.checkServerTrusted(shown, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type) throws CertificateException {
            chain = List.of(shown);
            trust.checkServerTrusted(shown, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket)
                throws CertificateException {
            trust.checkClientTrusted(shown, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine)
                throws CertificateException {
            trust.checkClientTrusted(shown, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type) throws CertificateException {
            trust.checkClientTrusted(shown, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }
    }
}
