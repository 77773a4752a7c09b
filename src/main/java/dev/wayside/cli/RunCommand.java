package dev.wayside.cli;

import dev.wayside.assembly.Application;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.process.Logging;
import dev.wayside.process.Shutdown;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wayside run}: runs the whole pipeline until the process is told to stop. */
@Command(name = "run", description = "Runs the pipeline: camera, detection, events, MQTT and the live page.")
final class RunCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private SettingsOptions options;

    @Override
    public Integer call() throws Exception {
        Home home = Home.current();
        Settings settings = options.load(home);
        Logging.configure(settings);
        Application application =
                new Application(home, settings).reloading(() -> options.load(home), Logging::configure);
        Shutdown.onSignal(application::close);
        try {
            application.start();
        } catch (Exception e) {
            if (!application.isStopped()) {
                throw e;
            }
            log.debug("told to stop during startup", e);
        }
        application.awaitStop();
        return 0;
    }
}
