package dev.wayside.doctor;

import dev.wayside.failure.Reason;
import dev.wayside.journal.JournalClient;
import dev.wayside.machine.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Checks a set-up, one subject after the other. Beside a running Wayside it opens nothing that only one process can use,
 * and connects to brokers with other client ids.
 */
public final class Doctor {
    private static final Path SYSTEM = Path.of("/");

    private final List<Check> checks;

    private Doctor(List<Check> checks) {
        this.checks = checks;
    }

    /** Checks a whole set-up. */
    public static Doctor of(Subject subject) {
        OptionalLong wayside = running(subject.journal());
        List<Check> checks = machine();
        checks.add(new ComponentCheck(subject.home().directory()));
        checks.add(new SettingsCheck(subject.settings(), wayside));
        checks.add(new ClockCheck(subject.clock(), ClockCheck.files(subject), TimeServer.of(subject.settings())));
        checks.add(new DiskCheck(subject));
        checks.add(new JournalCheck(subject.journal(), subject.settings()));
        checks.add(new PortCheck(subject.settings(), wayside));
        ModelCheck model = new ModelCheck(subject);
        checks.add(model);
        checks.add(new DeviceCheck(SYSTEM, Programs.searchPath()));
        subject.cameras().forEach(camera -> checks.add(new CameraCheck(camera, model, wayside)));
        checks.add(new MqttCheck(subject));
        checks.add(new InfluxCheck(subject));
        checks.add(new ElasticsearchCheck(subject));
        checks.add(new AwsIotCheck(subject, wayside));
        return new Doctor(checks);
    }

    /**
     * Checks only the machine, because the settings are invalid.
     *
     * @param why the sentences about the invalid settings
     */
    public static Doctor withoutSettings(String why) {
        List<Check> checks = machine();
        checks.add(new InvalidSettings(why));
        return new Doctor(checks);
    }

    private static List<Check> machine() {
        return new ArrayList<>(List.of(new SystemCheck(), new LibraryCheck(), new PiCheck(SYSTEM)));
    }

    private static OptionalLong running(Path journal) {
        try {
            return JournalClient.user(journal);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Runs all checks; takes some seconds, and up to half a minute for each server that does not answer.
     *
     * @param progress receives the subject of each check before it runs
     * @param found receives each finding
     */
    public void run(Consumer<String> progress, Consumer<Finding> found) {
        Findings findings = new Findings(found);
        try {
            for (Check check : checks) {
                progress.accept(check.name());
                run(check, findings);
            }
        } finally {
            checks.forEach(Check::close);
        }
    }

    private static void run(Check check, Findings findings) {
        try {
            check.run(findings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.problem(check.name(), "the check was interrupted");
        } catch (Exception | LinkageError e) {
            findings.problem(check.name(), Reason.of(e));
        }
    }
}
