package dev.wayside.cli;

import dev.wayside.assembly.Application;
import dev.wayside.component.Components;
import dev.wayside.config.Home;
import dev.wayside.config.IngestKeys;
import dev.wayside.config.Settings;
import dev.wayside.process.Logging;
import dev.wayside.process.ServiceNotifier;
import dev.wayside.process.Shutdown;
import dev.wayside.process.StartFilter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wayside run}: runs the whole pipeline until the process is told to stop. */
@Command(name = RunCommand.NAME, description = "Runs the pipeline: camera, detection, events, MQTT and the live page.")
final class RunCommand implements Callable<Integer> {
    /** The launcher knows it as well. */
    static final String NAME = "run";

    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Home home = Home.current();
        Settings settings = options.load(home);
        Logging.configure(settings);
        warnOfOldComponents();
        Application application =
                new Application(home, settings, this::show).reloading(() -> options.load(home), Logging::configure);
        ServiceNotifier service = new ServiceNotifier(System.getenv());
        Runnable stop = () -> {
            service.close();
            application.close();
        };
        Shutdown.onSignal(stop, settings.get(IngestKeys.LEAVE_WITHIN));
        StartFilter filter = StartFilter.install();
        try {
            application.start();
            service.started(application::isLive);
            List<String> screen = application.startScreen();
            // First, so that no change after the screen is missed.
            filter.end();
            if (!application.isStopped()) {
                screen.forEach(log::info);
            }
        } catch (Exception e) {
            if (!application.isStopped()) {
                throw e;
            }
            log.debug("told to stop during startup", e);
        }
        application.awaitStop();
        return 0;
    }

    /** After an update of Wayside, the launcher still puts them on the class path. */
    private static void warnOfOldComponents() {
        try {
            for (Components.Added component : ComponentCommand.components().list()) {
                if (!component.isCurrent()) {
                    log.warn(
                            "The component {} {} is for another version of Wayside, and may not work with this one: run {}",
                            component.name(),
                            component.version(),
                            component.remedy());
                }
            }
        } catch (IOException e) {
            log.debug("the added components cannot be listed", e);
        }
    }

    private void show(String lines) {
        spec.commandLine().getOut().println(lines);
        spec.commandLine().getOut().flush();
    }
}
