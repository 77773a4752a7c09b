package dev.wayside.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.WaysideProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wayside bench viewers} works, tested with few viewers for a short time. */
class ViewersBenchIT {
    @TempDir
    Path directory;

    @Test
    void measuresThreePhases() {
        String[] arguments = {"bench", "viewers", "--viewers", "3", "--seconds", "5"};
        try (WaysideProcess bench = WaysideProcess.command(directory, Map.of(), arguments)) {
            assertEquals(0, bench.awaitExit(), bench::log);
            List<String> lines = bench.log().lines().toList();
            List<String> report = lines.subList(Math.max(0, lines.size() - 5), lines.size());
            report.forEach(System.out::println);
            String[] with =
                    report.get(2).substring("with 3 viewers".length()).trim().split(" +");
            assertTrue(Double.parseDouble(with[0]) > 0, "frames were analysed");
            assertTrue(Double.parseDouble(with[1]) > 0, "each viewer saw pictures");
            assertTrue(
                    report.get(4).matches("viewers=3 rate_ratio=[0-9.]+ rss_more_mb=-?\\d+ cores_more=-?[0-9.]+"),
                    report.get(4));
        }
    }
}
