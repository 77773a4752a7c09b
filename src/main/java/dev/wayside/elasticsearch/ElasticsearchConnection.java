package dev.wayside.elasticsearch;

import dev.wayside.net.Secret;
import dev.wayside.store.HttpAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import nl.altindag.ssl.SSLFactory;
import org.apache.camel.Endpoint;
import org.apache.camel.component.es.ElasticsearchComponent;
import org.apache.camel.component.es.ElasticsearchConfiguration;
import org.apache.camel.component.es.ElasticsearchEndpoint;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;

/**
 * Camel's elasticsearch component for one server, with features that the component itself lacks: API keys, TLS without
 * a user, and routes that are restarted (Camel's own producer closes the client that it was given and then continues to
 * use it). Creating it does not require a running server.
 */
public final class ElasticsearchConnection extends ElasticsearchComponent {
    private final HttpAccess access;
    private Secret apiKey = Secret.NONE;
    private boolean compress;

    /**
     * Prepares a connection.
     *
     * @param url {@code http://host:port} or {@code https://host:port}
     * @throws dev.wayside.failure.InvalidInputException if the URL is anything else
     */
    public ElasticsearchConnection(String url) {
        this.access = new HttpAccess("Elasticsearch", url);
    }

    /** An API key in the form that Elasticsearch calls {@code encoded}; empty for none. */
    public void setApiKey(String encoded) {
        apiKey = apiKey.withText(encoded);
    }

    /** A file that contains the API key, optionally followed by a line end. */
    public void setApiKeyFile(String file) {
        apiKey = apiKey.withFile(file);
    }

    /** The user, if there is no API key; empty for a server without security. */
    public void setUsername(String name) {
        access.setUsername(name);
    }

    @Override
    public void setPassword(String password) {
        access.setPassword(password);
    }

    /** A file that contains the password, optionally followed by a line end. */
    public void setPasswordFile(String file) {
        access.setPasswordFile(file);
    }

    /** PEM; CA certificates trusted for the server's certificate. Empty trusts those of the JDK. */
    public void setCaFile(String file) {
        access.setCaFile(file);
    }

    /** The timeout for connecting, and then for the response. */
    public void setWriteTimeoutSeconds(int seconds) {
        access.setTimeout(Duration.ofSeconds(seconds));
    }

    /**
     * Whether requests are compressed with gzip. This saves about seven eighths of the bytes, but costs CPU time that
     * slows down draining a backlog.
     */
    public void setCompress(boolean compress) {
        this.compress = compress;
    }

    HttpAccess access() {
        return access;
    }

    /** The interpretation of this server's responses. */
    public ElasticsearchAnswers answers() {
        return new ElasticsearchAnswers(access);
    }

    /**
     * Creates a client, which the caller must close.
     *
     * @throws dev.wayside.failure.InvalidInputException if a file is invalid; the message names it
     */
    public RestClient newClient() {
        HttpHost host = new HttpHost(
                access.url().host(), access.url().port(), access.url().scheme());
        String authorization = authorization();
        Header[] headers = authorization.isEmpty()
                ? new Header[0]
                : new Header[] {new BasicHeader("Authorization", authorization)};
        SSLFactory tls = access.isTls() ? access.tls() : null;
        int milliseconds = (int) access.timeout().toMillis();
        return RestClient.builder(host)
                .setDefaultHeaders(headers)
                .setCompressionEnabled(compress)
                .setRequestConfigCallback(request -> request.setConnectTimeout(milliseconds)
                        .setSocketTimeout(milliseconds)
                        .setConnectionRequestTimeout(milliseconds))
                .setHttpClientConfigCallback(client -> {
                    client.setDefaultIOReactorConfig(
                            IOReactorConfig.custom().setIoThreadCount(1).build());
                    client.setThreadFactory(ElasticsearchConnection::daemon);
                    return tls == null ? client : client.setSSLContext(tls.getSslContext());
                })
                .build();
    }

    private String authorization() {
        String key = apiKey.read();
        if (!key.isEmpty()) {
            return "ApiKey " + key;
        }
        if (access.username().isEmpty()) {
            return "";
        }
        String pair = access.username() + ":" + access.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "elasticsearch");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /**
     * Camel initialises a kamelet's bean before it sets the context, and sets it only when an endpoint needs the bean.
     */
    @Override
    protected void doInit() throws Exception {
        if (getCamelContext() != null) {
            super.doInit();
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ElasticsearchConfiguration configuration = new ElasticsearchConfiguration();
        configuration.setClusterName(remaining);
        configuration.setHostAddressesList(List.of(new HttpHost(
                access.url().host(), access.url().port(), access.url().scheme())));
        Endpoint endpoint = new FreshClients(uri, configuration);
        PropertyBindingSupport.build()
                .withCamelContext(getCamelContext())
                .withTarget(configuration)
                .withProperties(parameters)
                .withRemoveParameters(true)
                .bind();
        return endpoint;
    }

    /** Gives each producer its own client, which the producer closes. */
    private final class FreshClients extends ElasticsearchEndpoint {
        FreshClients(String uri, ElasticsearchConfiguration configuration) {
            super(uri, ElasticsearchConnection.this, configuration, null);
        }

        @Override
        public org.apache.camel.Producer createProducer() {
            return new RestartableProducer(this, super::createProducer);
        }

        @Override
        public RestClient getClient() {
            return newClient();
        }
    }
}
