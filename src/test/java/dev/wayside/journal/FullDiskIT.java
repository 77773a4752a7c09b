package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.SmallDisk;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wayside on a file system of 4 MB that another program fills, and on one that becomes read-only. */
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String TOPIC = "wayside/pi/front/event";

    @TempDir
    Path directory;

    @TempDir
    Path disk;

    private SmallDisk small;

    @BeforeEach
    void mountASmallDisk() {
        small = new SmallDisk(disk, 4);
    }

    @AfterEach
    void unmount() {
        small.close();
    }

    @Test
    void aFullDiskStopsNeitherThePageNorMqttAndTheJournalResumes() throws Exception {
        try (Mosquitto mosquitto = new Mosquitto(directory, "allow_anonymous true").start();
                MosquittoSub subscriber = new MosquittoSub(mosquitto.port());
                WaysideProcess wayside = start(mosquitto)) {
            awaitEvents(subscriber, 5);
            small.fill();
            awaitReason(wayside, "cannot write ");
            awaitEvents(subscriber, 10);
            assertEquals("degraded", wayside.status().get("state").asText());
            small.free();
            await().atMost(PATIENCE).until(() -> journal(wayside).get("reason").isNull());
            long kept = journal(wayside).get("events").asLong();
            await().atMost(PATIENCE).until(() -> journal(wayside).get("events").asLong() >= kept + 5);
            awaitEvents(subscriber, 5);
        }
    }

    @Test
    void aReadOnlyDiskStopsNeitherAndTheJournalResumes() throws Exception {
        try (Mosquitto mosquitto = new Mosquitto(directory, "allow_anonymous true").start();
                MosquittoSub subscriber = new MosquittoSub(mosquitto.port())) {
            try (WaysideProcess wayside = start(mosquitto)) {
                awaitEvents(subscriber, 5);
                assertTrue(journal(wayside).get("reason").isNull());
            }
            small.setWritable(false);
            try (WaysideProcess wayside = start(mosquitto)) {
                awaitReason(wayside, "cannot open ");
                awaitEvents(subscriber, 5);
                small.setWritable(true);
                await().atMost(PATIENCE)
                        .until(() -> journal(wayside).get("reason").isNull());
                awaitEvents(subscriber, 5);
                await().atMost(PATIENCE)
                        .until(() -> journal(wayside).get("events").asLong() > 5);
            }
        }
    }

    private WaysideProcess start(Mosquitto mosquitto) {
        return WaysideProcess.run(
                        directory,
                        "device=pi",
                        "mqtt.url=" + mosquitto.url(),
                        "journal.path=" + disk.resolve("journal.db"))
                .awaitStarted();
    }

    /** Waits for this many events beyond those received so far. */
    private static void awaitEvents(MosquittoSub subscriber, int more) {
        long now = subscriber.on(TOPIC).count();
        await().atMost(PATIENCE).until(() -> subscriber.on(TOPIC).count() >= now + more);
    }

    private static void awaitReason(WaysideProcess wayside, String beginning) {
        await().atMost(PATIENCE)
                .until(() -> journal(wayside).path("reason").asText().startsWith(beginning));
    }

    private static JsonNode journal(WaysideProcess wayside) {
        return wayside.status().get("journal");
    }
}
