package dev.wayside.doctor;

import dev.wayside.machine.Programs;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java, and the C library that the native libraries are built for. */
final class SystemCheck implements Check {
    private static final Pattern GLIBC = Pattern.compile("glibc (\\d+)\\.(\\d+).*");
    private static final int MAJOR = 2;
    private static final int LEAST_MINOR = 35;
    private static final String SYSTEMS = "use Debian 12, Raspberry Pi OS Bookworm, Ubuntu 22.04 or newer";
    private static final long MEGA = 1024 * 1024;

    @Override
    public String name() {
        return "system";
    }

    @Override
    public void run(Findings findings) throws InterruptedException {
        String processor = System.getProperty("os.arch");
        String java = "Java " + Runtime.version() + " of " + System.getProperty("java.vendor") + " on " + processor
                + ", heap up to " + Runtime.getRuntime().maxMemory() / MEGA + " MB";
        if (processor.equals("amd64") || processor.equals("aarch64")) {
            findings.ok("java", java);
        } else {
            findings.problem("java", java + ": Wayside needs a 64-bit Java for x86_64 or aarch64; install one");
        }
        glibc(Programs.output("getconf", "GNU_LIBC_VERSION"), findings);
    }

    static void glibc(Optional<String> version, Findings findings) {
        Matcher numbers = GLIBC.matcher(version.orElse(""));
        if (!numbers.matches()) {
            findings.problem("glibc", "this system has no glibc (Alpine and others with musl): " + SYSTEMS);
            return;
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        String found = major + "." + minor;
        if (major > MAJOR || major == MAJOR && minor >= LEAST_MINOR) {
            findings.ok("glibc", found);
        } else {
            findings.problem("glibc", found + " is too old, " + MAJOR + "." + LEAST_MINOR + " is needed: " + SYSTEMS);
        }
    }
}
