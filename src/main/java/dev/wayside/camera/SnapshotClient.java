package dev.wayside.camera;

import dev.wayside.failure.NetworkFailure;
import dev.wayside.failure.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Requests pictures from a camera over one connection that stays open, with Basic or Digest authentication. FFmpeg would
 * open a new connection for each picture and send each request without credentials first.
 */
final class SnapshotClient implements AutoCloseable {
    /** A longer response is not a camera's picture. */
    static final int LONGEST = 16 << 20;

    private static final int CHUNK = 1 << 14;

    private final CameraUrl url;
    private final Deadline deadline;
    private final HttpHost host;
    private final String path;
    private final CloseableHttpClient client;
    /** Keeps the authentication scheme that the camera has asked for. */
    private final HttpClientContext context = HttpClientContext.create();

    SnapshotClient(CameraUrl url, Deadline deadline) {
        this.url = url;
        this.deadline = deadline;
        NetworkUrl network = url.network();
        host = new HttpHost(network.scheme(), network.host(), network.port() == 0 ? -1 : network.port());
        path = network.target().startsWith("/") ? network.target() : "/" + network.target();
        client = open(network);
        deadline.onCancel(this::close);
    }

    private CloseableHttpClient open(NetworkUrl network) {
        Timeout longest = Timeout.of(deadline.timeout());
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        if (network.user() != null) {
            // For this host only: a redirect must not send the password to another one.
            credentials.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            network.userName(), network.password().toCharArray()));
        }
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(1)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(longest)
                                .setSocketTimeout(longest)
                                .build())
                        .setTlsSocketStrategy(
                                new DefaultClientTlsStrategy(trustingAnyCamera(), NoopHostnameVerifier.INSTANCE))
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(longest).build())
                .setDefaultCredentialsProvider(credentials)
                .setRetryStrategy(new ReconnectOnce())
                .disableCookieManagement()
                .build();
    }

    /** Hardly any camera has a certificate that can be verified. */
    private static SSLContext trustingAnyCamera() {
        try {
            return SSLContexts.custom()
                    .loadTrustMaterial(TrustAllStrategy.INSTANCE)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Requests one picture and returns it, still encoded. */
    byte[] request() throws CameraFailure {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", host, path);
        try (ClassicHttpResponse response = client.executeOpen(host, request, context)) {
            if (response.getCode() != HttpStatus.SC_OK) {
                throw giveUp(refusal(response.getCode()));
            }
            String type = response.getEntity() == null
                    ? "nothing"
                    : String.valueOf(response.getEntity().getContentType());
            if (type.startsWith("multipart/")) {
                throw giveUp(network().endpoint()
                        + " sends a stream, not one picture per request: write the url without snapshot:");
            }
            byte[] file = read(response.getEntity());
            if (!isPicture(file)) {
                throw giveUp(network().endpoint() + " answers, but not with a JPEG or PNG (it sends "
                        + Reason.line(type) + "): check the path of the url");
            }
            return file;
        } catch (IOException e) {
            throw new CameraFailure(explain(e));
        }
    }

    private NetworkUrl network() {
        return url.network();
    }

    private byte[] read(HttpEntity entity) throws IOException, CameraFailure {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        if (entity == null) {
            return file.toByteArray();
        }
        if (entity.getContentLength() > LONGEST) {
            throw giveUp(tooBig());
        }
        byte[] chunk = new byte[CHUNK];
        // Not closed here, because that would read an endless response to its end. Closing the response drops the
        // connection.
        InputStream content = entity.getContent();
        for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
            if (file.size() + count > LONGEST) {
                throw giveUp(tooBig());
            }
            file.write(chunk, 0, count);
            if (deadline.passed()) {
                throw giveUp(Reasons.stalled(url, deadline.timeout(), true));
            }
        }
        return file.toByteArray();
    }

    private String tooBig() {
        return network().endpoint() + " sends more than " + (LONGEST >> 20)
                + " MB, which is too big for one picture: write the url of a stream without snapshot:";
    }

    /** Drops the connection first: otherwise the client reads the rest of the answer, which may be endless. */
    private CameraFailure giveUp(String reason) {
        close();
        return new CameraFailure(reason);
    }

    private static boolean isPicture(byte[] file) {
        return file.length > 3
                && ((file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8
                        || (file[0] & 0xFF) == 0x89 && file[1] == 'P' && file[2] == 'N' && file[3] == 'G');
    }

    private String refusal(int status) {
        return status < HttpStatus.SC_BAD_REQUEST
                ? network().endpoint() + " returns no picture (HTTP " + status + ")"
                : Reasons.refused(url, status);
    }

    private String explain(IOException failure) {
        Optional<NetworkFailure> network = NetworkFailure.of(failure);
        if (deadline.passed()
                || network.filter(NetworkFailure.TIMED_OUT::equals).isPresent()) {
            return Reasons.notAnswered(url, deadline.timeout());
        }
        HttpResponse last = context.getResponse();
        if (last != null && last.getCode() / 100 == 3) {
            return network().endpoint() + " redirects (HTTP " + last.getCode()
                    + ") to an address that cannot be opened: check the path of the url";
        }
        if (failure instanceof ClientProtocolException) {
            return network().endpoint() + " answers, but not in HTTP: check the port";
        }
        // No advice on trust: every certificate is accepted.
        return network().endpoint() + " " + Reason.ofConnection(failure, "").orElse(NetworkFailure.CLOSED.words());
    }

    /** Also aborts a request in flight. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** Reconnects if the camera has closed the idle connection. No other failure is retried here. */
    private static final class ReconnectOnce extends DefaultHttpRequestRetryStrategy {
        ReconnectOnce() {
            super(1, TimeValue.ZERO_MILLISECONDS);
        }

        @Override
        public boolean retryRequest(HttpResponse response, int execCount, HttpContext context) {
            return false;
        }
    }
}
