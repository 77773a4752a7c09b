package dev.wayside.doctor;

import dev.wayside.machine.Programs;
import dev.wayside.status.Elapsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock, which dates the events and decides whether a certificate is valid. It is compared with the clocks of the
 * configured servers, and with the newest of Wayside's files, which cannot be from the future.
 */
final class ClockCheck implements Check {
    private static final String SET =
            "; set it: sudo timedatectl set-ntp true, or sudo date -s '2026-11-24 10:00 UTC' without a network";

    /** More is not caused by the network. */
    private static final Duration NOTICED = Duration.ofSeconds(10);
    /** Some services refuse requests that are older. */
    private static final Duration WRONG = Duration.ofMinutes(5);
    /** Another machine, whose clock is ahead, may have written a file. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final Clock clock;
    private final List<Path> files;
    private final List<TimeServer> servers;

    /**
     * Compares a clock.
     *
     * @param clock this machine's
     * @param files written in the past
     * @param servers that can be asked for the time
     */
    ClockCheck(Clock clock, List<Path> files, List<TimeServer> servers) {
        this.clock = clock;
        this.files = files;
        this.servers = servers;
    }

    /** The files whose time says that it is not earlier now. */
    static List<Path> files(Subject subject) {
        Path home = subject.home().directory();
        return List.of(
                home.resolve("target/wayside.jar"),
                home.resolve("app/wayside.jar"),
                home.resolve("wayside"),
                home.resolve("models"),
                subject.home().workingDirectory(),
                subject.journal());
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public void run(Findings findings) throws InterruptedException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<Written> newest =
                files.stream().flatMap(ClockCheck::written).max((one, other) -> one.time.compareTo(other.time));
        if (newest.isPresent() && newest.get().time.isAfter(now.plus(AHEAD))) {
            findings.problem(
                    name(),
                    "it says " + now + ", but " + newest.get().file + " was written at " + newest.get().time
                            + ": the clock is behind by at least "
                            + Elapsed.words(Duration.between(now, newest.get().time)) + SET);
            return;
        }
        for (TimeServer server : servers) {
            Optional<Instant> there = server.now();
            if (there.isPresent()) {
                compare(there.get(), server, findings);
                return;
            }
        }
        synchronised(now, "", findings);
    }

    private void compare(Instant there, TimeServer server, Findings findings) throws InterruptedException {
        Instant here = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Duration difference = Duration.between(there, here);
        String words = "it says " + here + ", and " + server.name() + " says " + there + ": this clock is "
                + (difference.isNegative() ? "behind" : "ahead") + " by " + Elapsed.words(difference.abs());
        if (difference.abs().compareTo(WRONG) > 0) {
            findings.problem(name(), words + SET);
        } else if (difference.abs().compareTo(NOTICED) > 0) {
            findings.warning(name(), words + SET);
        } else {
            synchronised(here, ", as that of " + server.name(), findings);
        }
    }

    private void synchronised(Instant now, String agrees, Findings findings) throws InterruptedException {
        Optional<String> ntp = Programs.output("timedatectl", "show", "--property=NTPSynchronized", "--value");
        if (ntp.filter("no"::equals).isPresent()) {
            findings.warning(
                    name(),
                    now + agrees + ", but NTP does not keep it right: sudo timedatectl set-ntp true, and check that"
                            + " this machine reaches a time server");
        } else {
            findings.ok(
                    name(),
                    now
                            + agrees
                            + (ntp.isPresent()
                                    ? ", kept right by NTP"
                                    : "; whether NTP keeps it right is not known here"));
        }
    }

    private record Written(Path file, Instant time) {}

    private static Stream<Written> written(Path file) {
        try {
            return Stream.of(new Written(
                    file, Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS)));
        } catch (IOException e) {
            // Not every installation has every file.
            return Stream.empty();
        }
    }
}
