package dev.wayside.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The machine that Wayside runs on, read from {@code /proc} and {@code /sys}. What a machine does not have is left out.
 *
 * @param root the root of the file system, {@code /}, or a test's folder
 */
public record Machine(Path root) {
    private static final long BYTES_PER_KB = 1024;
    private static final double MILLIS = 1000;
    /** What the firmware of a Raspberry Pi reports, by bit; 16 bits higher: the same, at any time since the start. */
    private static final List<String> THROTTLING = List.of(
            "the supply voltage is too low",
            "the processor's frequency is capped",
            "the processor is throttled",
            "the soft temperature limit is reached");

    private static final int SINCE_START = 16;

    /** Sizes in bytes: of this process, of the Java heap, and of the machine. */
    public Map<String, Object> memory() {
        Map<String, Object> memory = new LinkedHashMap<>();
        kilobytes("proc/self/status", "VmRSS").ifPresent(bytes -> memory.put("resident", bytes));
        Runtime java = Runtime.getRuntime();
        memory.put("heap_used", java.totalMemory() - java.freeMemory());
        memory.put("heap_max", java.maxMemory());
        kilobytes("proc/meminfo", "MemTotal").ifPresent(bytes -> memory.put("machine_total", bytes));
        kilobytes("proc/meminfo", "MemAvailable").ifPresent(bytes -> memory.put("machine_available", bytes));
        return memory;
    }

    /**
     * The disk with a file or folder, in bytes.
     *
     * @throws IOException if there is no such file or folder
     */
    public Map<String, Object> disk(Path of) throws IOException {
        FileStore store = Files.getFileStore(of);
        Map<String, Object> disk = new LinkedHashMap<>();
        disk.put("path", of.toString());
        disk.put("total", store.getTotalSpace());
        disk.put("free", store.getUsableSpace());
        return disk;
    }

    /**
     * {@code model} of the board, {@code architecture}, {@code kernel}, {@code cores}, {@code load} (the average number of
     * running processes in the last minute), {@code temperature} in degrees Celsius, and on a Raspberry Pi {@code
     * throttled}.
     */
    public Map<String, Object> board() {
        Map<String, Object> board = new LinkedHashMap<>();
        read("proc/device-tree/model").ifPresent(model -> board.put("model", model));
        board.put("architecture", read("proc/sys/kernel/arch").orElse(System.getProperty("os.arch")));
        read("proc/sys/kernel/osrelease").ifPresent(release -> board.put("kernel", release));
        board.put("cores", Runtime.getRuntime().availableProcessors());
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load >= 0) {
            board.put("load", Math.round(load * 100) / 100.0);
        }
        temperature().ifPresent(degrees -> board.put("temperature", degrees));
        read("sys/devices/platform/soc/soc:firmware/get_throttled")
                .flatMap(Machine::hexadecimal)
                .ifPresent(bits -> board.put("throttled", throttled(bits)));
        return board;
    }

    private Optional<Double> temperature() {
        Path zones = root.resolve("sys/class/thermal");
        if (!Files.isDirectory(zones)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(zones)) {
            return all.filter(zone -> zone.getFileName().toString().startsWith("thermal_zone"))
                    .sorted(Comparator.comparing((Path zone) -> !isProcessor(zone))
                            .thenComparing(zone -> zone.getFileName().toString()))
                    .flatMap(zone -> read(root.relativize(zone.resolve("temp")).toString()).stream())
                    .filter(text -> text.matches("-?\\d{1,7}"))
                    .map(text -> Math.round(Integer.parseInt(text) / 100.0) * 100 / MILLIS)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isProcessor(Path zone) {
        String type = read(root.relativize(zone.resolve("type")).toString()).orElse("");
        return type.contains("cpu") || type.contains("pkg");
    }

    private static Map<String, Object> throttled(long bits) {
        Map<String, Object> throttled = new LinkedHashMap<>();
        throttled.put("now", reasons(bits));
        throttled.put("since_start", reasons(bits >> SINCE_START));
        return throttled;
    }

    private static List<String> reasons(long bits) {
        List<String> reasons = new ArrayList<>();
        for (int bit = 0; bit < THROTTLING.size(); bit++) {
            if ((bits >> bit & 1) == 1) {
                reasons.add(THROTTLING.get(bit));
            }
        }
        return reasons;
    }

    private static Optional<Long> hexadecimal(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        return digits.matches("[0-9a-fA-F]{1,8}") ? Optional.of(Long.parseLong(digits, 16)) : Optional.empty();
    }

    private OptionalLong kilobytes(String file, String key) {
        return read(file).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key + ":") && line.endsWith(" kB"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KB)
                .findFirst();
    }

    /** Empty if there is no such file, or this user may not read it; a Pi's firmware answers only some users. */
    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1)
                    .replace("\0", "")
                    .strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
