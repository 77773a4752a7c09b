package dev.wayside.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Asks a running Wayside's Jolokia, as Hawtio does. */
public final class JolokiaClient {
    /** Operations that only read. */
    private static final String READS = "(dump|browse|list|component|dataFormat|language|route|processor).*\\(\\)";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private String token;

    /** @param url of the live page */
    public JolokiaClient(String url) {
        address = URI.create(url + "/hawtio/jolokia");
    }

    /** The names of all MBeans in its list. */
    JsonNode search() throws IOException, InterruptedException {
        return request("search", "*:*").get("value");
    }

    JsonNode read(String mbean, String attribute) throws IOException, InterruptedException {
        return send(request(mbean).put("type", "read").put("attribute", attribute));
    }

    JsonNode readAll(String mbean) throws IOException, InterruptedException {
        return request("read", mbean);
    }

    JsonNode exec(String mbean, String operation, Object... arguments) throws IOException, InterruptedException {
        ObjectNode request = request(mbean).put("type", "exec").put("operation", operation);
        return send(request.set("arguments", JSON.valueToTree(arguments)));
    }

    JsonNode write(String mbean, String attribute, String value) throws IOException, InterruptedException {
        return send(
                request(mbean).put("type", "write").put("attribute", attribute).put("value", value));
    }

    /** The answer to any request, as Jolokia gave it. */
    JsonNode send(JsonNode request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(address)
                .header("X-XSRF-TOKEN", token())
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build();
        return JSON.readTree(
                http.send(post, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Every attribute of every MBean that it gives, and the result of every operation without parameters that reads. */
    public String everything() throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        JsonNode list = send(JSON.createObjectNode().put("type", "list")).get("value");
        all.append(list);
        for (Map.Entry<String, JsonNode> domain : list.properties()) {
            for (Map.Entry<String, JsonNode> mbean : domain.getValue().properties()) {
                String name = domain.getKey() + ":" + mbean.getKey();
                all.append(readAll(name)).append('\n');
                for (String operation :
                        (Iterable<String>) () -> mbean.getValue().path("op").fieldNames()) {
                    if ((operation + "()").matches(READS)) {
                        all.append(exec(name, operation + "()")).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }

    /** What a GET request gives as a cookie, and every other request needs. */
    private String token() throws IOException, InterruptedException {
        if (token == null) {
            HttpResponse<Void> response =
                    http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
            token = response.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("XSRF-TOKEN="))
                    .map(cookie -> cookie.replaceFirst("XSRF-TOKEN=([^;]*).*", "$1"))
                    .findFirst()
                    .orElseThrow();
        }
        return token;
    }

    private JsonNode request(String type, String mbean) throws IOException, InterruptedException {
        return send(request(mbean).put("type", type));
    }

    private static ObjectNode request(String mbean) {
        ObjectNode request = JSON.createObjectNode().put("mbean", mbean);
        request.putObject("config").put("ignoreErrors", true).put("maxDepth", 7);
        return request;
    }
}
