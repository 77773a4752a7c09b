package dev.wayside.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Several viewers, slow ones, too many, and those who are there when it stops. */
class LiveViewersIT extends LiveClient {
    @Test
    void encodesOnceForSeveralViewers() throws Exception {
        try (MjpegReader first = new MjpegReader(open("/stream.mjpg").body());
                MjpegReader second = new MjpegReader(open("/stream.mjpg").body())) {
            await().until(() -> server.live.viewers("front") == 2);
            long frames = server.published();
            long pictures = server.live.pictures("front");
            while (server.live.pictures("front") - pictures < 10) {
                first.next();
                second.next();
            }
            long encoded = server.live.pictures("front") - pictures;
            frames = server.published() - frames;
            assertTrue(encoded <= frames + 1, encoded + " pictures were encoded of " + frames + " frames");
            assertEquals(0, server.live.pictures("yard"));
        }
    }

    @Test
    void refusesViewersBeyondTheLimitUntilOneLeaves() throws Exception {
        List<MjpegReader> viewers = new ArrayList<>();
        for (int i = 0; i < LIMITS.streams(); i++) {
            viewers.add(new MjpegReader(open("/stream.mjpg").body()));
        }
        await().until(() -> server.live.viewers("front") == LIMITS.streams());
        HttpResponse<String> refused = get("/stream.mjpg");
        assertEquals(503, refused.statusCode());
        assertEquals(
                "All 3 picture streams are in use; close another viewer and try again.",
                json(refused.body()).get("error").asText());
        viewers.remove(0).close();
        await().until(() -> server.live.viewers("front") == LIMITS.streams() - 1);
        viewers.add(new MjpegReader(open("/stream.mjpg").body()));
        for (MjpegReader viewer : viewers) {
            assertTrue(viewer.next().length > 10_000);
            viewer.close();
        }
        try (BufferedReader one = lines(open("/api/events"));
                BufferedReader two = lines(open("/api/events"))) {
            assertEquals(503, get("/api/events").statusCode());
            assertEquals("retry: 2000", one.readLine());
            assertEquals("retry: 2000", two.readLine());
        }
    }

    @Test
    void aSlowViewerMissesPicturesAndDelaysNobody() throws Exception {
        long begin = server.live.pictures("front");
        try (Socket slow = slowViewer();
                MjpegReader fast = new MjpegReader(open("/stream.mjpg").body())) {
            await().until(() -> server.live.viewers("front") == 2);
            long start = server.live.pictures("front");
            for (int i = 0; i < 60; i++) {
                fast.next();
            }
            long missed = server.live.pictures("front") - start;
            assertTrue(missed <= 90, "the fast viewer saw only 60 of " + missed + " pictures");
            slow.setSoTimeout(5000);
            long waiting = backlog(slow.getInputStream());
            long shown = server.live.pictures("front") - begin;
            assertTrue(waiting < shown / 2, waiting + " of " + shown + " pictures were kept for the slow viewer");
        }
        await().until(() -> !server.live.watched("front"));
    }

    /** Proxies, and the server itself, close connections on which nothing happens. */
    @Test
    void repeatsTheLastPictureWhileTheCameraIsSilent() throws Exception {
        try (MjpegReader stream = new MjpegReader(open("/stream.mjpg").body())) {
            stream.next();
            server.stopFrames();
            assertTimeoutPreemptively(AT_ONCE, () -> {
                byte[] last = stream.next();
                for (int same = 0; same < 3; ) {
                    byte[] next = stream.next();
                    same = Arrays.equals(last, next) ? same + 1 : 0;
                    last = next;
                }
            });
        }
    }

    @Test
    void dropsAStalledViewer() throws Exception {
        server.close();
        server = server(new LiveLimits(3, 2, Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(1)));
        try (Socket slow = slowViewer()) {
            // A drawn picture proves that there was a viewer, who may be dropped again before a count sees it.
            await().until(() -> server.live.pictures("front") > 0);
            await().atMost(Duration.ofSeconds(20)).until(() -> server.live.viewers("front") == 0);
            slow.setSoTimeout(5000);
            assertTrue(slow.getInputStream().readAllBytes().length > 0, "the rest, and the end");
        }
    }

    @Test
    void stopsAtOnceDespiteAStalledViewer() throws Exception {
        try (Socket slow = slowViewer()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> server.live.pictures("front") > 30);
            assertTimeoutPreemptively(AT_ONCE, () -> server.close());
            slow.setSoTimeout(5000);
            assertTrue(slow.getInputStream().readAllBytes().length > 0, "the rest, and the end");
        }
        start();
    }

    @Test
    void endsAllStreamsAtOnceWhenItStops() throws Exception {
        MjpegReader stream = new MjpegReader(open("/stream.mjpg").body());
        BufferedReader events = lines(open("/api/events"));
        stream.next();
        events.readLine();
        server.stopFrames();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
            assertThrows(IOException.class, () -> {
                while (true) {
                    stream.next();
                }
            });
            assertEquals(0, events.lines().filter(String::isBlank).skip(1000).count());
        });
        assertTimeoutPreemptively(AT_ONCE, () -> {
            server.close();
            ended.join();
        });
        assertThrows(IOException.class, () -> get("/"));
        start();
    }
}
