package dev.wayside.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.live.WholePage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private WholePage page;

    @BeforeEach
    void start() throws Exception {
        page = new WholePage(folder);
    }

    @AfterEach
    void stop() throws Exception {
        page.close();
    }

    @Test
    void givesTheCountsOfARangeForEachCameraAndLabel() throws Exception {
        JsonNode week = json("/api/counts?range=week");
        assertEquals(3600, week.get("seconds").asInt());
        assertEquals(
                "objects in view per analysed frame; not distinct objects",
                week.get("meaning").asText());
        assertEquals(4, week.get("series").size());
        JsonNode point = week.get("series").get(0).get("points").get(5);
        assertEquals(18_000, point.get("frames").asInt());
        assertTrue(point.get("average").asDouble() <= point.get("maximum").asDouble(), point::toString);
        assertEquals(2, json("/api/counts?range=week&camera=yard").get("series").size());
    }

    @Test
    void countsNewEventsWithinSeconds() throws Exception {
        await().atMost(PATIENCE).until(() -> StreamSupport.stream(
                        json("/api/counts").get("series").spliterator(), false)
                .anyMatch(series -> series.get("camera").asText().equals("front")
                        && StreamSupport.stream(series.get("points").spliterator(), false)
                                .anyMatch(point -> point.get("frames").asInt() != 300)));
    }

    @Test
    void givesTheSameAsCsv() throws Exception {
        HttpResponse<String> answer = get("/api/counts.csv?range=week&camera=front");
        assertEquals("text/csv; charset=utf-8; header=present", header(answer, "Content-Type"));
        assertTrue(header(answer, "Content-Disposition")
                .matches("attachment; filename=\"wayside-counts-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z.csv\""));
        List<String> lines = List.of(answer.body().split("\r\n"));
        assertEquals("time,seconds,camera,label,frames,average,maximum", lines.get(0));
        assertTrue(lines.get(1).matches("\\S+Z,3600,front,car,18000,[0-9.]+,\\d+"), lines.get(1));
    }

    @Test
    void listsTheLatestEventsAndFindsOne() throws Exception {
        JsonNode events = json("/api/detections").get("events");
        assertEquals(40, events.size());
        assertEquals(40, events.get(0).get("number").asInt());
        assertEquals(1, events.get(0).get("count").get("car").asInt());
        assertEquals(10, json("/api/detections?camera=yard").get("events").size());
        assertEquals(8, json("/api/detections?label=person").get("events").size());
        assertEquals(0, json("/api/detections?label=%22%27%25").get("events").size());
        JsonNode one = json("/api/detections/10");
        assertEquals(10, one.get("event").get("sequence").asInt());
        await().atMost(PATIENCE)
                .until(() -> deliveries(10).equals("elasticsearch retrying, influxdb dead letter, mqtt delivered"));
        assertEquals(404, get("/api/detections/4711").statusCode());
        assertRefused(
                400,
                "'latest' is not an event's number in the journal; /api/detections lists the latest events"
                        + " with theirs.",
                get("/api/detections/latest"));
    }

    @Test
    void pausesAndResumesTheRouteOfASink() throws Exception {
        assertEquals(
                "paused",
                JSON.readTree(post("/api/sinks/mqtt/pause", "").body())
                        .get("state")
                        .asText());
        assertEquals(200, post("/api/sinks/mqtt/pause", "").statusCode(), "twice is no mistake");
        page.append(41);
        await().atMost(PATIENCE).until(() -> deliveries(41).endsWith("mqtt paused"));
        assertEquals(200, post("/api/sinks/mqtt/resume", "").statusCode());
        await().atMost(PATIENCE).until(() -> deliveries(41).endsWith("mqtt delivered"));
        assertRefused(
                404,
                "No route delivers to a sink 'kafka' now. The sinks with a route: elasticsearch, influxdb, mqtt.",
                post("/api/sinks/kafka/pause", ""));
    }

    @Test
    void listsRetriesAndDeletesDeadLetters() throws Exception {
        String letters = "/api/sinks/influxdb/dead-letters";
        await().atMost(PATIENCE).until(() -> json(letters).get("letters").asInt() == 4);
        JsonNode newest = json(letters).get("newest").get(0);
        assertTrue(newest.get("reason").asText().startsWith("partial write"), newest::toString);
        page.acceptAll();
        String one = "{\"events\": [\"" + newest.get("event").asText() + "\"]}";
        assertEquals(
                1,
                JSON.readTree(post(letters + "/retry", one).body())
                        .get("letters")
                        .asInt());
        await().atMost(PATIENCE).until(() -> json(letters).get("letters").asInt() == 3);
        assertEquals(404, post(letters + "/retry", one).statusCode(), "it has been delivered");
        assertEquals(
                3,
                JSON.readTree(post(letters + "/purge", "").body())
                        .get("letters")
                        .asInt());
        assertEquals(0, json(letters).get("letters").asInt());
        assertRefused(
                404,
                "The journal knows no sink 'x'. It knows: elasticsearch, influxdb, mqtt.",
                get("/api/sinks/x/dead-letters"));
        for (String body : List.of(
                "{",
                "[]",
                "{}",
                "{\"events\": []}",
                "{\"events\": [1]}",
                "{\"events\": \"a\"}",
                "{\"before\": \"now\"}")) {
            assertEquals(400, post(letters + "/purge", body).statusCode(), body);
        }
        assertEquals(413, post(letters + "/purge", "x".repeat(70_000)).statusCode());
    }

    @Test
    void deletesOnlyDeadLettersThatTheListShowed() throws Exception {
        String letters = "/api/sinks/influxdb/dead-letters";
        await().atMost(PATIENCE).until(() -> json(letters).get("letters").asInt() == 4);
        HttpResponse<String> form = client.send(
                change(letters + "/purge")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(
                                "--b\r\nContent-Disposition: form-data; name=\"events\"\r\n\r\nx\r\n--b--\r\n"))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(400, form.statusCode(), "a body of another kind does not mean all");
        assertTrue(form.body().contains("The body must be empty"), form::body);
        String before = "{\"before\": \"%s\"}";
        assertEquals(
                "{\"sink\":\"influxdb\",\"letters\":0}",
                sorted(post(letters + "/purge", before.formatted("2026-01-01T00:00:00Z"))));
        String time = json(letters).get("time").asText();
        assertEquals("{\"sink\":\"influxdb\",\"letters\":4}", sorted(post(letters + "/purge", before.formatted(time))));
    }

    private static String sorted(HttpResponse<String> answer) throws IOException {
        JsonNode json = JSON.readTree(answer.body());
        return "{\"sink\":" + json.get("sink") + ",\"letters\":" + json.get("letters") + "}";
    }

    @Test
    void reportsTheSystem() throws Exception {
        JsonNode system = json("/api/system");
        assertEquals("0.1.0", system.get("versions").get("Wayside").asText());
        assertTrue(system.get("memory").get("resident").asLong() > 10_000_000);
        assertTrue(system.get("disk").get("free").asLong() > 0);
        assertTrue(system.get("threads").get("busiest").size() > 3);
        await().atMost(PATIENCE).until(() -> StreamSupport.stream(
                        json("/api/system").get("steps").spliterator(), false)
                .anyMatch(step -> step.get("route").asText().equals("mqtt")
                        && step.get("exchanges").asInt() > 0));
    }

    @ParameterizedTest
    @CsvSource({"/api/counts, POST, GET", "/api/sinks/mqtt/pause, GET, POST", "/api/detections/1, DELETE, GET"})
    void namesTheMethodThatIsAllowed(String path, String used, String allowed) throws Exception {
        HttpResponse<String> answer =
                client.send(change(path).method(used, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertEquals(405, answer.statusCode());
        assertEquals(allowed, header(answer, "Allow"));
    }

    @Test
    void refusesWrongParametersInASentence() throws Exception {
        assertRefused(400, "range is 'year'; it must be one of day, hour, week.", get("/api/counts?range=year"));
    }

    @Test
    void answersOrRefusesManyRequestsAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, 60)
                .mapToObj(i -> client.sendAsync(request("/api/detections").build(), BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> each : asked) {
            HttpResponse<String> answer = each.get();
            if (answer.statusCode() != 200) {
                assertRefused(503, "Too many requests at the same time; try again in 2 s.", answer);
                assertEquals("2", header(answer, "Retry-After"));
            }
        }
        assertEquals(200, get("/api/detections").statusCode());
    }

    private String deliveries(int number) throws Exception {
        return String.join(
                ", ",
                StreamSupport.stream(
                                json("/api/detections/" + number)
                                        .get("deliveries")
                                        .spliterator(),
                                false)
                        .map(each -> each.get("sink").asText() + " "
                                + each.get("state").asText())
                        .toList());
    }

    private static void assertRefused(int status, String sentence, HttpResponse<String> answer) throws IOException {
        assertEquals(sentence, JSON.readTree(answer.body()).get("error").asText());
        assertEquals(status, answer.statusCode());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("no-store", header(answer, "Cache-Control"));
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(change(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** A request with the token that each change needs. */
    private HttpRequest.Builder change(String path) throws Exception {
        String cookie = header(get("/api/status"), "Set-Cookie");
        return request(path).header("X-XSRF-TOKEN", cookie.replaceAll("^[^=]*=|;.*", ""));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(page.url() + path));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
