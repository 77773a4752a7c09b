package dev.wayside.onvif;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a service of a device. It follows no redirects and sends no credentials. */
final class SoapClient {
    private static final int LARGEST_ANSWER = 1 << 18;
    private static final String ENVELOPE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body>%s</e:Body></e:Envelope>";

    private final HttpClient http;
    private final Duration timeout;

    /**
     * Prepares a client.
     *
     * @param timeout for each question
     */
    SoapClient(Duration timeout) {
        this.timeout = timeout;
        http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                // Small servers do not understand the offer of HTTP/2.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Asks.
     *
     * @param body the XML inside the SOAP body
     * @return the answer; empty if the device refuses it, most often because it wants a login
     * @throws IOException if there is no answer, or one that is not XML or longer than 256 KB
     */
    Optional<XmlNode> ask(URI service, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service)
                .timeout(timeout)
                .header("Content-Type", "application/soap+xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(ENVELOPE.formatted(body)))
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            if (response.statusCode() != 200) {
                return Optional.empty();
            }
            byte[] answer = content.readNBytes(LARGEST_ANSWER + 1);
            if (answer.length > LARGEST_ANSWER) {
                throw new IOException("the answer has more than " + (LARGEST_ANSWER >> 10) + " KB");
            }
            XmlNode envelope = XmlNode.parse(answer);
            return envelope.first("Fault").isPresent() ? Optional.empty() : Optional.of(envelope);
        }
    }

    /** A text as the content of an element. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
