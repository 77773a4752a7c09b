package dev.wayside.cli;

import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wayside run}: the whole pipeline, until it is told to stop. */
@Command(name = "run", description = "Runs the pipeline: camera, detection, events, MQTT and the live page.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Override
    public Integer call() throws Exception {
        Home home = Home.current();
        Settings settings = options.load(home);
        Logging.configure(settings);
        Application application = new Application(home, settings);
        Shutdown.onSignal(application::close);
        application.start();
        application.awaitStop();
        return 0;
    }
}
