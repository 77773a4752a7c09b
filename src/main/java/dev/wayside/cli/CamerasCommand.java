package dev.wayside.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wayside.config.Home;
import dev.wayside.config.SettingsException;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.machine.Programs;
import dev.wayside.process.Logging;
import dev.wayside.process.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside cameras}: lists the cameras that can be used, each with the setting to paste. */
@Command(
        name = "cameras",
        description = {
            "Lists the cameras that this machine can use, each with the line for wayside.properties: on USB, the Raspberry"
                    + " Pi's own, and ONVIF cameras on the network.",
            "Exit code: 0 if there is one, 1 if there is none."
        })
final class CamerasCommand implements Callable<Integer> {
    private static final int LONGEST_SECONDS = 60;

    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long to wait for answers from the network, 0 to 60; 0 leaves it out (default:"
                    + " ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (timeout < 0 || timeout > LONGEST_SECONDS) {
            throw new InvalidInputException("--timeout is " + timeout + "; it must be from 0 to 60 seconds.");
        }
        configureLog();
        StatusLine line = StatusLine.ofStandardError();
        CameraSearch search = new CameraSearch(line, Programs.searchPath());
        search.ofThisMachine(Path.of("/"));
        if (timeout > 0) {
            search.onTheNetwork(Duration.ofSeconds(timeout));
        }
        line.clear();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(search));
        } else {
            search.cameras().forEach(camera -> out.print(camera.text()));
            if (search.cameras().isEmpty()) {
                out.println("No camera was found.");
            }
            out.flush();
            search.notes().forEach(spec.commandLine().getErr()::println);
        }
        out.flush();
        return search.cameras().isEmpty() ? 1 : 0;
    }

    /** Invalid settings do not matter here: this command helps to correct one of them. */
    private void configureLog() {
        try {
            Logging.configureForReport(options.load(Home.current()));
        } catch (SettingsException e) {
            LoggerFactory.getLogger(CamerasCommand.class).debug("the settings are invalid", e);
        }
    }

    private static String json(CameraSearch search) throws IOException {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("cameras", search.cameras().stream().map(FoundCamera::plain).toList());
        plain.put("notes", search.notes());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(plain);
    }
}
