package dev.wayside.cli;

import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options by which every command takes settings. */
final class SettingsOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets a key, as in --set camera.url=/dev/video0; may be repeated. docs/configuration.md lists them.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    private boolean help;

    Settings load(Home home) {
        return SettingsLoader.load(home, overrides, System.getenv());
    }

    /**
     * As {@link #load(Home)}, with settings of the command's own, unless the command line says otherwise.
     *
     * @param own each {@code key=value}
     */
    Settings loadWith(Home home, String... own) {
        List<String> all = new ArrayList<>(List.of(own));
        all.addAll(overrides);
        return SettingsLoader.load(home, all, System.getenv());
    }
}
