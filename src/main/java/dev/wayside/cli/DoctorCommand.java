package dev.wayside.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wayside.assembly.DetectorSettings;
import dev.wayside.assembly.EffectiveSettings;
import dev.wayside.assembly.Version;
import dev.wayside.config.CameraKeys;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.doctor.Doctor;
import dev.wayside.doctor.Finding;
import dev.wayside.doctor.Finding.State;
import dev.wayside.doctor.Subject;
import dev.wayside.process.Logging;
import dev.wayside.process.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside doctor}: checks the set-up and says what to do about each problem. */
@Command(
        name = "doctor",
        description = {
            "Checks this machine, the model, the cameras, the disk, the clock, the ports and every enabled sink, and says"
                    + " what to do about each problem. It works whether Wayside runs or not.",
            "Test messages and points are removed again. Exit code: 0 without a problem, 1 with one."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Clock clock;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** As picocli makes it. */
    DoctorCommand() {
        this(Clock.systemUTC());
    }

    DoctorCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        StatusLine line = StatusLine.ofStandardError();
        List<Finding> findings = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        doctor().run(subject -> line.show("checking: " + subject + " …"), finding -> {
            findings.add(finding);
            if (!json) {
                line.clear();
                out.println(words(finding));
                out.flush();
            }
        });
        line.clear();
        out.print(json ? json(findings) : summary(findings));
        out.flush();
        return worst(findings) == State.PROBLEM ? 1 : 0;
    }

    private Doctor doctor() {
        Home home = Home.current();
        try {
            Settings settings = options.load(home);
            Logging.configureForReport(settings);
            EffectiveSettings effective = new EffectiveSettings(settings, home);
            return Doctor.of(new Subject(
                    home,
                    settings,
                    effective.device(),
                    effective.clientId(),
                    effective.thing(),
                    settings.get(CameraKeys.CAMERAS).stream()
                            .map(effective::camera)
                            .toList(),
                    new DetectorSettings(home, settings, effective.threads())::open,
                    clock));
        } catch (SettingsException e) {
            return Doctor.withoutSettings(e.getMessage());
        }
    }

    private String words(Finding finding) {
        String colour =
                switch (finding.state()) {
                    case OK -> "green";
                    case WARNING -> "yellow";
                    case PROBLEM -> "red";
                };
        String state = String.format(Locale.ROOT, "%-8s", finding.state());
        return spec.commandLine().getColorScheme().ansi().string("@|" + colour + " " + state + "|@")
                + String.format(Locale.ROOT, " %-22s %s", finding.check(), finding.message());
    }

    private static String summary(List<Finding> findings) {
        return String.format(
                Locale.ROOT,
                "%n%d ok, %s, %s%n",
                count(findings, State.OK),
                plural(count(findings, State.WARNING), "warning"),
                plural(count(findings, State.PROBLEM), "problem"));
    }

    private static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private static long count(List<Finding> findings, State state) {
        return findings.stream().filter(each -> each.state() == state).count();
    }

    private static State worst(List<Finding> findings) {
        return findings.stream().map(Finding::state).max(State::compareTo).orElse(State.OK);
    }

    private static String json(List<Finding> findings) throws IOException {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("version", Version.current());
        plain.put("state", worst(findings).toString());
        plain.put("findings", findings.stream().map(Finding::plain).toList());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(plain)
                + System.lineSeparator();
    }
}
