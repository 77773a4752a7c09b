package dev.wayside.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePageIT extends LiveClient {
    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/wayside.css, text/css; charset=utf-8",
        "/wayside.js, text/javascript; charset=utf-8",
        "/connection.js, text/javascript; charset=utf-8",
        "/picture.js, text/javascript; charset=utf-8",
        "/panel.js, text/javascript; charset=utf-8",
        "/chart.js, text/javascript; charset=utf-8",
        "/uplot.css, text/css; charset=utf-8",
    })
    void servesThePagesFilesAndLetsABrowserCacheThem(String path, String type) throws Exception {
        HttpResponse<String> first = get(path);
        assertEquals(200, first.statusCode());
        assertEquals(type, header(first, "Content-Type"));
        assertEquals("no-cache", header(first, "Cache-Control"));
        assertTrue(header(first, "Content-Security-Policy").startsWith("default-src 'none'"));
        // A namespace and the licence's comment of the charts' library are not fetched.
        String fetched = first.body().replaceAll("http://www.w3.org/\\d+/svg|(?s)/\\*.*?\\*/", "");
        assertFalse(fetched.matches("(?s).*https?://.*"), "nothing from elsewhere");
        HttpResponse<String> again = send(
                request(path).header("If-None-Match", header(first, "ETag")).GET());
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    @Test
    void streamsPicturesInOrderAndRemovesAViewerThatLeaves() throws Exception {
        HttpResponse<InputStream> answer = open("/stream.mjpg");
        assertEquals("multipart/x-mixed-replace; boundary=wayside-frame", header(answer, "Content-Type"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        try (MjpegReader stream = new MjpegReader(answer.body())) {
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        640,
                        ImageIO.read(new ByteArrayInputStream(stream.next())).getWidth());
            }
            assertEquals(1, server.live.viewers("front"));
            assertEquals(0, server.live.viewers("yard"));
        }
        await().until(() -> !server.live.watched("front"));
    }

    @Test
    void showsTheLastPictureAtOnceWhileTheCameraDeliversNone() throws Exception {
        awaitFrame();
        server.stopFrames();
        assertTimeoutPreemptively(AT_ONCE, () -> {
            try (MjpegReader stream =
                    new MjpegReader(open("/stream.mjpg?camera=yard").body())) {
                assertTrue(stream.next().length > 10_000);
            }
        });
    }

    @Test
    void takesTheNextFrameForASnapshot() throws Exception {
        server.close();
        server = server(LiveLimits.DEFAULT);
        awaitFrame();
        HttpResponse<byte[]> answer =
                client.send(request("/snapshot.jpg?camera=yard").build(), BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        assertEquals("image/jpeg", header(answer, "Content-Type"));
        assertTrue(DrawnBox.find(ImageIO.read(new ByteArrayInputStream(answer.body())), DrawnBox.Colour.GREEN)
                .isPresent());
        assertFalse(server.live.watched("yard"));
    }

    @Test
    void explainsThatNoFrameCameForASnapshot() throws Exception {
        server.stopFrames();
        HttpResponse<String> answer = get("/snapshot.jpg");
        assertEquals(503, answer.statusCode());
        assertEquals(
                "Camera front delivered no frame within 1.0 s; /api/status shows its state.",
                json(answer.body()).get("error").asText());
        assertEquals("2", header(answer, "Retry-After"));
        assertFalse(server.live.watched("front"), "the snapshot is given up");
    }

    @Test
    void sendsEventsAndAHeartbeatWhenThereAreNone() throws Exception {
        awaitFrame();
        try (BufferedReader events = lines(open("/api/events"))) {
            assertEquals("retry: 2000", events.readLine());
            assertEquals("", events.readLine());
            assertEquals("event: detection", lineOfAnEvent(events));
            String id = events.readLine();
            assertTrue(id.startsWith("id: pi-01/front/"), id);
            JsonNode event = json(events.readLine().substring("data: ".length()));
            assertEquals("wayside.event/1", event.get("schema").asText());
            assertEquals(1, event.get("count").get("car").asInt());
            assertEquals(id, "id: " + event.get("id").asText());
            server.stopFrames();
            String line = events.readLine();
            while (!line.equals(": still here")) {
                line = events.readLine();
            }
        }
    }

    @Test
    void reportsTheStatusWithTheColoursOfTheLabels() throws Exception {
        HttpResponse<String> answer = get("/api/status");
        assertEquals("application/json", header(answer, "Content-Type"));
        JsonNode status = json(answer.body());
        assertEquals("pi-01", status.get("device").asText());
        assertEquals("#00ff00", status.get("colours").get("car").asText());
        assertEquals("#ff0000", status.get("colours").get("person").asText());
    }

    @ParameterizedTest
    @CsvSource({"/stream.mjpg", "/snapshot.jpg"})
    void namesTheCamerasForAnUnknownOne(String path) throws Exception {
        HttpResponse<String> answer = get(path + "?camera=%3Cb%3E");
        assertEquals(404, answer.statusCode());
        assertEquals(
                "There is no camera '<b>'; the cameras are front, yard.",
                json(answer.body()).get("error").asText());
    }

    @ParameterizedTest
    @CsvSource({"none, false", "boxes, true", "labels, true", "scores, true"})
    void drawsWhatTheViewerChooses(String show, boolean boxes) throws Exception {
        server.close();
        server = server(LiveLimits.DEFAULT);
        HttpResponse<byte[]> answer =
                client.send(request("/snapshot.jpg?show=" + show).build(), BodyHandlers.ofByteArray());
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertEquals(boxes, DrawnBox.find(picture, DrawnBox.Colour.GREEN).isPresent());
    }

    @Test
    void namesWhatCanBeDrawn() throws Exception {
        HttpResponse<String> answer = get("/stream.mjpg?show=everything");
        assertEquals(400, answer.statusCode());
        assertEquals(
                "show is 'everything'; it must be one of none, boxes, labels, scores.",
                json(answer.body()).get("error").asText());
    }

    @Test
    void anUnknownPathIsAnsweredAsPageOrJson() throws Exception {
        HttpResponse<String> program = get("/nothing");
        assertEquals(404, program.statusCode());
        assertEquals(
                "There is nothing at /nothing; the live page is at /, and docs/live-page.md lists what else there is.",
                json(program.body()).get("error").asText());
        HttpResponse<String> browser =
                send(request("/%3Cscript%3E").header("Accept", "text/html,*/*").GET());
        assertEquals(404, browser.statusCode());
        assertEquals("text/html; charset=utf-8", header(browser, "Content-Type"));
        assertFalse(browser.body().contains("<script>"));
    }

    @Test
    void refusesOtherMethodsThanGet() throws Exception {
        HttpResponse<String> answer = send(change("/api/status").POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertEquals(405, answer.statusCode());
        assertEquals("GET", header(answer, "Allow"));
        assertEquals(
                "/api/status is read-only: use GET, not POST.",
                json(answer.body()).get("error").asText());
    }

    @Test
    void explainsThatThePortIsTaken() {
        String message = assertThrows(IllegalStateException.class, () -> HttpPort.requireFree("127.0.0.1", server.port))
                .getMessage();
        assertEquals(
                "Port " + server.port
                        + " on 127.0.0.1 is taken by another program: stop that program, or choose another"
                        + " port for the live page with --set http.port=" + (server.port + 1) + ".",
                message);
        assertTrue(assertThrows(IllegalStateException.class, () -> HttpPort.requireFree("192.0.2.1", server.port))
                .getMessage()
                .contains("this machine has no such address"));
        assertTrue(assertThrows(IllegalStateException.class, () -> HttpPort.requireFree("no.such.invalid", server.port))
                .getMessage()
                .contains("http.host=no.such.invalid"));
    }
}
