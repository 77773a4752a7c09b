package dev.wayside.cli;

import dev.wayside.bench.ViewersBench;
import dev.wayside.config.CameraKeys;
import dev.wayside.config.JournalKeys;
import dev.wayside.config.MqttKeys;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wayside bench viewers}: measures what viewers of the live picture cost. */
@Command(
        name = "viewers",
        description =
                "Measures the analysed frames per second, the memory and the processor time with many viewers of the"
                        + " live picture and without, at 5 frames/s of the built-in video.")
final class BenchViewersCommand implements Callable<Integer> {
    @Option(
            names = "--viewers",
            paramLabel = "N",
            defaultValue = "50",
            description = "The number of viewers, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "The length of each of the three phases, 5 to 3600 (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        require("--viewers", viewers, 1, 64);
        require("--seconds", seconds, 5, 3600);
        Path directory = Files.createTempDirectory("wayside-bench");
        try {
            ViewersBench.Result result = new ViewersBench()
                    .run(
                            Wayside.class,
                            List.of(
                                    CameraKeys.URL + "=sample",
                                    CameraKeys.PERIOD + "=200ms",
                                    MqttKeys.URL + "=embedded",
                                    JournalKeys.PATH + "=" + directory.resolve("viewers.db")),
                            viewers,
                            Duration.ofSeconds(seconds));
            PrintWriter out = spec.commandLine().getOut();
            out.print(result.text());
            out.flush();
        } finally {
            BenchCommand.delete(directory);
        }
        return 0;
    }

    private void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; it must be from " + least + " to " + most + ".");
        }
    }
}
