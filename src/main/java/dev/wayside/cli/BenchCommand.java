package dev.wayside.cli;

import dev.wayside.assembly.Application;
import dev.wayside.assembly.EffectiveSettings;
import dev.wayside.bench.BenchReport;
import dev.wayside.bench.PipelineBench;
import dev.wayside.bench.ProcessBench;
import dev.wayside.config.CameraKeys;
import dev.wayside.config.DetectKeys;
import dev.wayside.config.Home;
import dev.wayside.config.JournalKeys;
import dev.wayside.config.MqttKeys;
import dev.wayside.config.Settings;
import dev.wayside.detect.Detector;
import dev.wayside.detect.ModelFolder;
import dev.wayside.process.Logging;
import dev.wayside.process.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside bench}: measures the pipeline's overhead per frame, its memory and its startup time. */
@Command(
        name = "bench",
        description =
                "Measures each stage, a whole frame compared with the model alone, the memory and the startup time.",
        subcommands = {BenchJournalCommand.class, BenchViewersCommand.class, HelpCommand.class})
final class BenchCommand implements Callable<Integer> {
    private static final Duration WATCHED = Duration.ofSeconds(20);

    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "500",
            description = "The number of frames to measure, 10 to 100000 (default: ${DEFAULT-VALUE}).")
    private int frames;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes all figures to this file, as JSON.")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (frames < 10 || frames > 100_000) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "--frames is " + frames + "; it must be from 10 to 100000.");
        }
        Home home = Home.current();
        Path directory = Files.createTempDirectory("wayside-bench");
        try {
            return measure(home, directory);
        } finally {
            delete(directory);
        }
    }

    private int measure(Home home, Path directory) throws Exception {
        Settings settings = options.loadWith(home, JournalKeys.PATH + "=" + directory.resolve("pipeline.db"));
        Logging.configure(settings);
        PipelineBench pipeline = new PipelineBench();
        measurePipeline(home, settings, pipeline);
        ProcessBench.Seen process = new ProcessBench()
                .run(
                        Wayside.class,
                        List.of(
                                CameraKeys.URL + "=sample",
                                CameraKeys.PERIOD + "=200ms",
                                MqttKeys.URL + "=embedded",
                                JournalKeys.PATH + "=" + directory.resolve("process.db")),
                        WATCHED);
        BenchReport report = new BenchReport(pipeline, process, conditions(home, settings));
        PrintWriter out = spec.commandLine().getOut();
        out.print(report.table());
        if (json != null) {
            report.writeJson(json);
        }
        out.println(report.summary());
        out.flush();
        return 0;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private void measurePipeline(Home home, Settings settings, PipelineBench pipeline) throws Exception {
        EffectiveSettings effective = new EffectiveSettings(settings, home);
        String camera = BenchCamera.of(settings);
        try (Application application =
                        new Application(home, settings, spec.commandLine().getOut()::println, pipeline::bindTo);
                Detector raw = Detector.builder(ModelFolder.load(home.find(settings.get(DetectKeys.MODEL_PATH))))
                        .optThreads(effective.threads())
                        .optXnnpack(settings.get(DetectKeys.XNNPACK))
                        .open()) {
            application.start();
            pipeline.run(
                    application.camelContext(),
                    "camera-" + camera,
                    home.directory(),
                    raw,
                    frames,
                    StatusLine.ofStandardError());
        }
    }

    private Map<String, Object> conditions(Home home, Settings settings) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        conditions.put("model", settings.get(DetectKeys.MODEL_PATH));
        conditions.put("threads", new EffectiveSettings(settings, home).threads());
        conditions.put("frames", frames);
        conditions.put("java", System.getProperty("java.version"));
        conditions.put("processor", System.getProperty("os.arch"));
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        return conditions;
    }
}
