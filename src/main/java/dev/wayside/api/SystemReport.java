package dev.wayside.api;

import dev.wayside.machine.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * What runs and what it needs: versions, model, threads, the time of each step, memory, disk and machine. Nothing is
 * measured for it in advance; a request costs a few milliseconds.
 *
 * @param context whose steps it reports
 * @param versions the version of each program and library, by its name
 * @param model what the model's folder says about it; empty while no model is open
 * @param folder on the disk of the journal
 * @param hawtio whether the Hawtio console is served
 */
public record SystemReport(
        CamelContext context,
        Machine machine,
        Supplier<Map<String, String>> versions,
        Supplier<Map<String, Object>> model,
        Path folder,
        boolean hawtio)
        implements Supplier<Map<String, Object>> {
    private static final int BUSIEST = 8;
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public Map<String, Object> get() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("versions", versions.get());
        report.put("model", model.get());
        report.put("machine", machine.board());
        report.put("memory", machine.memory());
        try {
            report.put("disk", machine.disk(folder));
        } catch (IOException e) {
            report.put("disk", Map.of("path", folder.toString(), "reason", String.valueOf(e.getMessage())));
        }
        report.put("threads", threads());
        report.put("steps", new StepTimes(context).get());
        report.put("hawtio", hawtio);
        report.put("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        return report;
    }

    private static Map<String, Object> threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("live", threads.getThreadCount());
        plain.put("peak", threads.getPeakThreadCount());
        if (threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()) {
            plain.put("busiest", busiest(threads));
        }
        return plain;
    }

    /** The threads with the most processor time since they started. */
    private static List<Map<String, Object>> busiest(ThreadMXBean threads) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            long nanos = threads.getThreadCpuTime(id);
            // A thread may have ended meanwhile.
            if (info != null && nanos >= 0) {
                Map<String, Object> plain = new LinkedHashMap<>();
                plain.put("name", info.getThreadName());
                plain.put("cpu_ms", nanos / NANOS_PER_MILLI);
                all.add(plain);
            }
        }
        return all.stream()
                .sorted(Comparator.comparing((Map<String, Object> each) -> (Long) each.get("cpu_ms"))
                        .reversed())
                .limit(BUSIEST)
                .toList();
    }
}
