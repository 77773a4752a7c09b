package dev.wayside.influxdb;

import dev.wayside.store.HttpAccess;
import java.io.IOException;
import java.util.Objects;
import nl.altindag.ssl.SSLFactory;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/**
 * Sends the requests of InfluxDB's client. That client requires all settings when it is created and resolves the host
 * then, but a name that does not resolve yet must not prevent the pipeline from starting. Therefore this class sets the
 * address, user, compression, timeouts and TLS, and converts an error response to an exception.
 */
final class InfluxTransport implements Interceptor {
    private final HttpAccess access;
    private final InfluxAnswers answers;
    private OkHttpClient client;
    private String authorization = "";

    InfluxTransport(HttpAccess access) {
        this.access = access;
        this.answers = new InfluxAnswers(access);
    }

    HttpAccess access() {
        return access;
    }

    void start() {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                // A redirect leads to another server, whose response must not count as InfluxDB's.
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(access.timeout())
                .readTimeout(access.timeout())
                .writeTimeout(access.timeout())
                .callTimeout(access.timeout());
        if (access.isTls()) {
            SSLFactory tls = access.tls();
            builder.sslSocketFactory(
                    tls.getSslSocketFactory(), tls.getTrustManager().orElseThrow());
        }
        if (!access.username().isEmpty()) {
            authorization = Credentials.basic(access.username(), access.password());
        }
        client = builder.build();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response;
        try {
            response = client.newCall(addressed(chain.request())).execute();
        } catch (IOException e) {
            throw access.unreachable(e);
        }
        boolean fromInflux = response.header(InfluxAnswers.VERSION_HEADER) != null;
        if (fromInflux && response.isSuccessful()) {
            return response;
        }
        try (ResponseBody body = Objects.requireNonNull(response.body())) {
            throw answers.failure(response.code(), fromInflux, body.string());
        }
    }

    private Request addressed(Request request) {
        HttpUrl url = request.url()
                .newBuilder()
                .scheme(access.url().scheme())
                .host(access.url().host())
                .port(access.url().port())
                .build();
        Request.Builder addressed = request.newBuilder().url(url);
        if (!authorization.isEmpty()) {
            addressed.header("Authorization", authorization);
        }
        if (request.body() != null && url.encodedPath().equals("/write")) {
            addressed.header("Content-Encoding", "gzip").post(gzipped(request.body()));
        }
        return addressed.build();
    }

    private static RequestBody gzipped(RequestBody body) {
        return new RequestBody() {
            @Override
            public okhttp3.MediaType contentType() {
                return body.contentType();
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                try (BufferedSink zipped = Okio.buffer(new GzipSink(sink))) {
                    body.writeTo(zipped);
                }
            }
        };
    }

    void close() {
        if (client != null) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}
