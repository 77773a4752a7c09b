package dev.wayside.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS for Paho's client with SNI, verification of the host name, and ALPN.
 *
 * <p>Paho's own implementation does not suffice: it sets the socket's parameters itself, which removes ALPN. It also
 * closes a connection with a TLS close_notify, which blocks as long as the other side does not read. This one closes
 * the underlying TCP connection.
 */
final class TlsNetwork implements NetworkModule {
    private static final Logger log = LoggerFactory.getLogger(TlsNetwork.class);
    private static final int ALERT_TIMEOUT_MILLIS = 300;
    /** Between two reads, Paho checks whether it must stop. */
    private static final int READ_TIMEOUT_MILLIS = 1000;

    private final SSLSocketFactory tls;
    private final String host;
    private final int port;
    private final String alpn;
    private final int timeoutMillis;
    private volatile FlightSocket plain;
    private SSLSocket secure;

    /**
     * Prepares a connection.
     *
     * @param alpn the protocol to request; empty for none
     * @param timeoutMillis the timeout for connecting, and for each read in the handshake
     */
    TlsNetwork(SSLSocketFactory tls, String host, int port, String alpn, int timeoutMillis) {
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.alpn = alpn;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void start() throws IOException {
        plain = new FlightSocket();
        plain.setTcpNoDelay(true);
        plain.connect(new InetSocketAddress(host, port), timeoutMillis);
        plain.setSoTimeout(timeoutMillis);
        secure = (SSLSocket) tls.createSocket(plain, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!isAddress(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        if (!alpn.isEmpty()) {
            parameters.setApplicationProtocols(new String[] {alpn});
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        if (!alpn.isEmpty() && !alpn.equals(secure.getApplicationProtocol())) {
            throw new SSLException("the server does not take the protocol " + alpn + " (ALPN) on port " + port);
        }
        plain.endFlights();
        awaitAlert();
        plain.setSoTimeout(READ_TIMEOUT_MILLIS);
    }

    /**
     * Waits a moment for a TLS alert. In TLS 1.3 the client completes the handshake before the broker has checked the
     * client's certificate. If the client writes at once, the connection may be reset and the alert with the reason is
     * lost. An MQTT broker sends nothing else before the client does.
     */
    private void awaitAlert() throws IOException {
        if (!secure.getSession().getProtocol().equals("TLSv1.3")) {
            return;
        }
        plain.setSoTimeout(ALERT_TIMEOUT_MILLIS);
        try {
            if (secure.getInputStream().read() < 0) {
                throw new EOFException("closed after the TLS handshake");
            }
            throw new SSLException("the server sends data first, which an MQTT broker never does");
        } catch (SocketTimeoutException e) {
            log.trace("no TLS alert from {}", host);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return secure.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return secure.getOutputStream();
    }

    @Override
    public void stop() throws IOException {
        if (plain != null) {
            plain.close();
        }
    }

    @Override
    public String getServerURI() {
        return "ssl://" + host + ":" + port;
    }

    /** SNI does not allow addresses (RFC 6066, section 3). */
    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }
}
