package dev.wayside.doctor;

import dev.wayside.machine.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What only a Raspberry Pi has: its power supply, its throttling and its temperature. Says nothing on other machines.
 *
 * @param system the root of the file system
 */
record PiCheck(Path system) implements Check {
    private static final String POWER = "raspberry pi power";
    private static final String HEAT = "raspberry pi heat";
    /** At 80 °C the firmware begins to slow the processor down. */
    private static final double WARM = 75;

    private static final double HOT = 80;
    private static final double MILLI = 1000;

    // The bits of the firmware's get_throttled, as in the documentation of vcgencmd.
    private static final int UNDER_VOLTAGE = 1;
    private static final int SLOWED = 1 << 1 | 1 << 2 | 1 << 3;
    private static final int SINCE_START = 16;

    @Override
    public String name() {
        return "raspberry pi";
    }

    @Override
    public void run(Findings findings) {
        Optional<String> model = text("proc/device-tree/model").filter(name -> name.contains("Raspberry Pi"));
        if (model.isEmpty()) {
            return;
        }
        findings.ok(name(), model.get() + ", 64-bit system");
        Optional<String> throttled = text("sys/devices/platform/soc/soc:firmware/get_throttled")
                .or(() -> vcgencmd("get_throttled").map(line -> line.replaceFirst("throttled=(0x)?", "")));
        if (throttled.isPresent()) {
            power(Integer.parseInt(throttled.get().replaceFirst("^0x", ""), 16), findings);
        } else {
            findings.warning(
                    POWER, "it cannot be read: the firmware's state needs vcgencmd, and this user in the group video");
        }
        text("sys/class/thermal/thermal_zone0/temp").ifPresent(milli -> heat(Double.parseDouble(milli), findings));
    }

    private static void power(int bits, Findings findings) {
        int past = bits >> SINCE_START;
        if ((bits & UNDER_VOLTAGE) != 0) {
            findings.problem(
                    POWER,
                    "under-voltage now: use the official power supply and a short cable, and a powered hub for USB"
                            + " cameras and disks");
        } else if ((past & UNDER_VOLTAGE) != 0) {
            findings.warning(
                    POWER,
                    "under-voltage since the last start, which slows the processor down and damages SD cards: use the"
                            + " official power supply and a short cable");
        } else {
            findings.ok(POWER, "no under-voltage since the last start");
        }
        List<String> slowed = new ArrayList<>();
        if ((bits & SLOWED) != 0) {
            slowed.add("now");
        }
        if ((past & SLOWED) != 0) {
            slowed.add("earlier since the last start");
        }
        if (!slowed.isEmpty()) {
            findings.warning(
                    HEAT,
                    "the firmware slowed the processor down " + String.join(" and ", slowed)
                            + ": add a heat sink or a fan, or check the power supply");
        }
    }

    private static void heat(double millidegrees, Findings findings) {
        String degrees = String.format(Locale.ROOT, "%.0f °C", millidegrees / MILLI);
        if (millidegrees >= HOT * MILLI) {
            findings.problem(HEAT, degrees + ": the processor is slowed down at 80 °C; add a heat sink or a fan");
        } else if (millidegrees >= WARM * MILLI) {
            findings.warning(HEAT, degrees + ", close to 80 °C, where the processor is slowed down; add a heat sink");
        } else {
            findings.ok(HEAT, degrees);
        }
    }

    private static Optional<String> vcgencmd(String question) {
        try {
            return Programs.output("vcgencmd", question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The content of a small file of the kernel; some end with a zero byte. */
    private Optional<String> text(String path) {
        try {
            return Optional.of(
                    Files.readString(system.resolve(path)).replace("\0", "").strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
