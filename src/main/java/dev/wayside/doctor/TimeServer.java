package dev.wayside.doctor;

import dev.wayside.config.ElasticsearchKeys;
import dev.wayside.config.InfluxKeys;
import dev.wayside.config.ServerUrl;
import dev.wayside.config.Settings;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.net.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configured server that is asked for the time: the header {@code Date} of its answer to a request without credentials.
 *
 * @param name for messages
 * @param url of the server
 * @param tls how to trust it
 */
record TimeServer(String name, ServerUrl url, Tls tls) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The enabled stores. */
    static List<TimeServer> of(Settings settings) {
        List<TimeServer> servers = new ArrayList<>();
        if (settings.get(InfluxKeys.ENABLED)) {
            servers.add(new TimeServer(
                    "InfluxDB",
                    settings.get(InfluxKeys.URL),
                    Tls.DEFAULT.withCaFile(settings.get(InfluxKeys.CA_FILE))));
        }
        if (settings.get(ElasticsearchKeys.ENABLED)) {
            servers.add(new TimeServer(
                    "Elasticsearch",
                    settings.get(ElasticsearchKeys.URL),
                    Tls.DEFAULT.withCaFile(settings.get(ElasticsearchKeys.CA_FILE))));
        }
        return servers;
    }

    /** The server's time, to the second; empty if it does not answer or does not say. */
    Optional<Instant> now() throws InterruptedException {
        try {
            HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(TIMEOUT);
            if (url.scheme().equals("https")) {
                client.sslContext(tls.factory().getSslContext());
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/ping"))
                    .timeout(TIMEOUT)
                    .build();
            HttpResponse<Void> answer = client.build().send(request, HttpResponse.BodyHandlers.discarding());
            return answer.headers().firstValue("Date").map(TimeServer::parsed);
        } catch (IOException | IllegalArgumentException e) {
            // The check of the sink says why it cannot be reached.
            return Optional.empty();
        }
    }

    private static Instant parsed(String date) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInputException("not a date of HTTP: " + date, e);
        }
    }
}
