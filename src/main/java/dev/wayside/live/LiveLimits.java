package dev.wayside.live;

import java.time.Duration;

/**
 * How much the live page takes on, so that a busy page cannot starve the flow.
 *
 * @param streams viewers of pictures at a time, and as many clients waiting for a snapshot
 * @param followers subscribers of events at a time
 * @param snapshotWait how long a snapshot waits for the next analysed frame
 * @param heartbeat how often a quiet event stream says that it lives
 * @param stall how long a client may take nothing before its connection is closed
 */
public record LiveLimits(int streams, int followers, Duration snapshotWait, Duration heartbeat, Duration stall) {
    /** 32 streams, 64 subscribers, 5 s for a snapshot, a heartbeat every 15 s, 30 s for a stalled client. */
    public static final LiveLimits DEFAULT =
            new LiveLimits(32, 64, Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
}
