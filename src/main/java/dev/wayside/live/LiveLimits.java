package dev.wayside.live;

import java.time.Duration;

/**
 * The limits of the live page, so that a busy page cannot starve the pipeline.
 *
 * @param streams maximum number of picture streams at a time, and of clients that wait for a snapshot
 * @param followers maximum number of event subscribers at a time
 * @param snapshotWait how long a snapshot waits for the next analysed frame
 * @param heartbeat the interval between heartbeats on streams
 * @param stall how long a client may accept no data before its connection is closed
 */
public record LiveLimits(int streams, int followers, Duration snapshotWait, Duration heartbeat, Duration stall) {
    /** 64 streams, 64 subscribers, 5 s for a snapshot, a heartbeat every 15 s, 30 s for a stalled client. */
    public static final LiveLimits DEFAULT =
            new LiveLimits(64, 64, Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
}
