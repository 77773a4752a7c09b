package dev.wayside.cli;

import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for settings, which every command has. */
final class SettingsOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets a key, as in --set camera.url=/dev/video0; can be repeated. docs/configuration.md lists all keys.")
    private List<String> overrides = new ArrayList<>();

    Settings load(Home home) {
        return SettingsLoader.load(home, overrides, System.getenv());
    }

    /** As {@link #load(Home)}, also with the keys that only these route files use. */
    Settings load(Home home, List<Path> routes) {
        return SettingsLoader.load(home, overrides, System.getenv(), routes);
    }

    /**
     * As {@link #load(Home)}, with defaults of the command, which the command line overrides.
     *
     * @param own each {@code key=value}
     */
    Settings loadWith(Home home, String... own) {
        List<String> all = new ArrayList<>(List.of(own));
        all.addAll(overrides);
        return SettingsLoader.load(home, all, System.getenv());
    }
}
