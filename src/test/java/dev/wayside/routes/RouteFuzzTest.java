package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged route files, derived from ours and those in the docs, saved while others run. Whatever they contain, the other
 * routes continue, the folder is still scanned, and a message explains each file that is not loaded.
 */
class RouteFuzzTest {
    private static final Duration TIME = Duration.ofSeconds(5);
    /** Seeds that once found a fault, then consecutive ones: the same in every run. */
    private static final long[] SEEDS = {1, 2, 3, 20261126};

    private static final List<String> TOKENS = List.of(
            ": ",
            "- ",
            "\n",
            "  ",
            "\t",
            "\"",
            "'",
            "{{",
            "}}",
            "{",
            "}",
            "[",
            "]",
            "#",
            "&a ",
            "*a",
            "!!",
            "|",
            "%",
            "---\n",
            "\u0000",
            "\uFEFF",
            "null",
            "\u00e9",
            "steps:",
            "uri:",
            "direct:good",
            "from:",
            "route:",
            "good",
            "?");

    @TempDir
    Path directory;

    @Test
    void aDamagedFileNeverStopsTheOthers() throws Exception {
        List<String> originals = originals();
        long end = System.nanoTime() + TIME.toNanos();
        try (WatchedRoutes routes = new WatchedRoutes(directory)) {
            routes.write("good.yaml", route("good", "yes")).start();
            for (int round = 0; round < SEEDS.length || System.nanoTime() < end; round++) {
                long seed = round < SEEDS.length ? SEEDS[round] : round;
                Random random = new Random(seed);
                for (int i = 0; i < 12; i++) {
                    byte[] damaged = damage(originals.get(random.nextInt(originals.size())), random);
                    routes.write("fuzz-" + i + ".yaml", damaged);
                }
                String marker = "marker " + round;
                routes.write("zz-last-of-all-files.yaml", route("marker", marker))
                        .awaitAnswer("marker", marker);
                assertEquals("yes", routes.answer("good"), "seed " + seed);
                for (String reason : routes.reasons()) {
                    assertTrue(
                            (reason.startsWith(directory + "/fuzz-")
                                            || reason.startsWith("No route begins with direct:"))
                                    && reason.matches(".*[.?]"),
                            "seed " + seed + ": " + reason);
                }
            }
        }
    }

    @Test
    void aDamagedKameletNeverStopsTheOthers(@TempDir Path kamelets) throws Exception {
        String original = Files.readString(Path.of("kamelets/wayside-flatten-action.kamelet.yaml"));
        long end = System.nanoTime() + TIME.dividedBy(2).toNanos();
        try (WatchedRoutes routes = new WatchedRoutes(directory, kamelets)) {
            routes.context().getComponent("kamelet", KameletComponent.class).setLocation("file:" + kamelets + "/");
            routes.write("good.yaml", route("good", "yes"));
            for (int i = 0; i < 3; i++) {
                Files.writeString(kamelet(kamelets, i), original.replace("wayside-flatten-action", "fuzz-" + i));
                routes.write("user-" + i + ".yaml", route("user-" + i, "x") + "        - to: kamelet:fuzz-" + i + "\n");
            }
            routes.start();
            for (int round = 0; round < 3 || System.nanoTime() < end; round++) {
                Random random = new Random(round);
                for (int i = 0; i < 3; i++) {
                    String text = original.replace("wayside-flatten-action", "fuzz-" + i);
                    Files.write(kamelet(kamelets, i), damage(text, random));
                }
                String marker = "marker " + round;
                routes.write("marker.yaml", route("marker", marker)).awaitAnswer("marker", marker);
                assertEquals("yes", routes.answer("good"), "seed " + round);
                for (String reason : routes.reasons()) {
                    assertTrue(
                            reason.startsWith(kamelets + "/fuzz-") || reason.startsWith(directory + "/user-"),
                            "seed " + round + ": " + reason);
                }
            }
        }
    }

    private static Path kamelet(Path kamelets, int number) {
        return kamelets.resolve("fuzz-" + number + ".kamelet.yaml");
    }

    private static byte[] damage(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 2 -> text.insert(at, text.substring(at, to));
                case 3 -> text.setLength(at);
                default -> text.replace(at, to, TOKENS.get(random.nextInt(TOKENS.size())));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static List<String> originals() throws IOException {
        List<String> originals = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.sorted().toList()) {
                originals.add(Files.readString(file));
            }
        }
        Matcher example = Pattern.compile("```yaml\n(# routes/.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/adding-a-sink.md")));
        while (example.find()) {
            originals.add(example.group(1));
        }
        return originals;
    }
}
