package dev.wayside.matrix;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.event.FlatEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The events that the live page was told of, which is after they were accepted. One reader after another may look. */
final class PageEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> EVENT = new TypeReference<>() {};
    private static final String DATA = "data:";

    private final HttpClient http = HttpClient.newHttpClient();
    private final FlatEvents flat = new FlatEvents("_");
    private final Map<String, JsonNode> seen = new LinkedHashMap<>();

    /** Looks at the page of a process until that ends. */
    void watch(String url) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/api/events")).build();
        Thread reader = new Thread(() -> read(request), "page");
        reader.setDaemon(true);
        reader.start();
    }

    /** Flat, in the order in which they came. */
    synchronized List<JsonNode> seen() {
        return new ArrayList<>(seen.values());
    }

    private void read(HttpRequest request) {
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            lines.filter(line -> line.startsWith(DATA)).forEach(line -> add(line.substring(DATA.length())));
        } catch (IOException | UncheckedIOException e) {
            // The stream ends with the process; what came before counts.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add(String json) {
        try {
            JsonNode event = JSON.readTree(JSON.writeValueAsBytes(flat.flatten(JSON.readValue(json, EVENT))));
            seen.putIfAbsent(event.get("id").asText(), event);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
