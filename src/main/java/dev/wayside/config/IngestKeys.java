package dev.wayside.config;

import java.time.Duration;

/** Taking the events of many devices from a broker: only the routes in {@code camel-k/overlays/ingest} use these. */
public final class IngestKeys {
    static final KeyGroup GROUP = KeyGroup.ofRoutes("Ingest");

    public static final Key<Integer> BATCH_SIZE =
            GROUP.add(SinkKeys.batchSize("ingest", 500, "the maximum number of events in one write to a store"));

    public static final Key<Duration> BATCH_WITHIN = GROUP.key(
            "ingest.batch-within",
            Type.duration(Duration.ZERO, Duration.ofSeconds(10)),
            "200ms",
            "how long the first event of a write waits for others");

    public static final Key<Integer> RECEIVE_MAXIMUM = GROUP.key(
            "ingest.receive-maximum",
            Type.whole(1, 65_535),
            "1000",
            "how many unacknowledged events the broker may send for each store; it keeps the others");

    public static final Key<Duration> SESSION_EXPIRY = GROUP.key(
            "ingest.session-expiry",
            Type.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
            "30d",
            "how long the broker keeps the events for a replica that is away");

    public static final Key<Duration> LEAVE_WITHIN = GROUP.addAsItIs(
            Key.of(
                    "ingest.leave-within",
                    Type.duration(Duration.ZERO, Duration.ofHours(1)),
                    "0s",
                    "how long a replica that is stopped may take to store the events that wait for it and to leave the group; `0s`: it does not leave, and its events wait until it returns. The replica whose `mqtt.client-id` ends in `-0` never leaves"));

    public static final Key<String> REJECTED_TOPIC = GROUP.key(
            "ingest.rejected-topic",
            Type.topic(),
            "wayside-rejected",
            "the prefix in `<prefix>/<store>`, where messages are published that a store refuses permanently");

    private IngestKeys() {}
}
