package dev.wayside.doctor;

import dev.wayside.config.JournalKeys;
import dev.wayside.failure.DiskFailure;
import dev.wayside.failure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The disk of the journal: its space, and how often a second it can sync, which every accepted event needs. */
final class DiskCheck implements Check {
    private static final String SPACE = "disk space";
    private static final String SPEED = "disk speed";
    private static final String ELSEWHERE = ", or set " + JournalKeys.PATH + " to a file on another disk";

    private static final long KILO = 1024;
    private static final long MEGA = KILO * KILO;
    private static final int BLOCK = 4096;
    private static final int MOST_SYNCS = 200;
    private static final long LONGEST_NANOS = Duration.ofMillis(500).toNanos();
    /** The journal also syncs for cursors and checkpoints, and other programs use the disk. */
    private static final double RESERVE = 3;

    private final Path journal;
    private final long largest;
    private final double eventsPerSecond;

    /** Checks the disk that the settings name. */
    DiskCheck(Subject subject) {
        journal = subject.journal();
        largest = subject.settings().get(JournalKeys.MAX_SIZE);
        eventsPerSecond = subject.cameras().stream()
                .mapToDouble(camera -> 1e9 / camera.period().toNanos())
                .sum();
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public void run(Findings findings) throws IOException {
        Path folder = existing(journal.getParent());
        if (space(folder, findings)) {
            speed(folder, findings);
        }
    }

    /** The folder itself, or the part of its path that exists. */
    private static Path existing(Path folder) {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }

    private boolean space(Path folder, Findings findings) throws IOException {
        FileStore store = Files.getFileStore(folder);
        long free = store.getUsableSpace();
        long growth = Math.max(0, largest - (Files.exists(journal) ? Files.size(journal) : 0));
        String where = "the disk of " + folder;
        String left = where + " has " + size(free) + " of " + size(store.getTotalSpace()) + " free";
        if (free < MEGA) {
            findings.problem(
                    SPACE,
                    where + " is full (" + size(free) + " free), so no event can be accepted: delete files"
                            + ELSEWHERE);
            return false;
        }
        if (free < growth) {
            findings.warning(
                    SPACE,
                    left + ", but the journal can grow by " + size(growth) + " (" + JournalKeys.MAX_SIZE
                            + "): delete files, reduce " + JournalKeys.MAX_SIZE + ELSEWHERE);
        } else {
            findings.ok(SPACE, left + "; the journal can grow by " + size(growth) + card(store));
        }
        return true;
    }

    /** An SD card wears out, so it is worth knowing where the journal is. */
    private static String card(FileStore store) throws IOException {
        Path device = Path.of(store.name());
        if (!device.getFileName().toString().startsWith("mmcblk")) {
            return "";
        }
        Path card = Path.of("/sys/block", device.getFileName().toString().replaceFirst("p\\d+$", ""), "device");
        return ", on "
                + read(card.resolve("type"))
                        .map(type -> type.equals("SD") ? "an SD card" : "an eMMC")
                        .orElse("an SD card")
                + read(card.resolve("name")).map(name -> " (" + name + ")").orElse("");
    }

    private static Optional<String> read(Path file) throws IOException {
        return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private void speed(Path folder, Findings findings) {
        double rate;
        try {
            rate = syncsPerSecond(folder);
        } catch (IOException e) {
            String why = DiskFailure.of(e).map(DiskFailure::words).orElseGet(() -> Reason.ofRoot(e));
            findings.problem(
                    SPEED,
                    "nothing can be written in " + folder + ": " + why
                            + ". Start Wayside in a folder that this user can write" + ELSEWHERE);
            return;
        }
        String found = String.format(Locale.ROOT, "%.0f syncs/s; the cameras need %.1f/s", rate, eventsPerSecond);
        if (rate < RESERVE * eventsPerSecond) {
            findings.warning(
                    SPEED,
                    found + ", which leaves too little reserve: use a faster disk or SD card, or a longer"
                            + " camera.period");
        } else {
            findings.ok(SPEED, found);
        }
    }

    /** Appends blocks to a file that is deleted afterwards, each followed by a sync. */
    private static double syncsPerSecond(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "wayside-doctor", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            long start = System.nanoTime();
            int syncs = 0;
            while (syncs < MOST_SYNCS && System.nanoTime() - start < LONGEST_NANOS) {
                channel.write(block.clear());
                channel.force(false);
                syncs++;
            }
            return syncs * 1e9 / (System.nanoTime() - start);
        } finally {
            Files.delete(file);
        }
    }

    private static String size(long bytes) {
        double mega = (double) bytes / MEGA;
        return mega < KILO
                ? String.format(Locale.ROOT, "%.0f MB", mega)
                : String.format(Locale.ROOT, "%.1f GB", mega / KILO);
    }
}
