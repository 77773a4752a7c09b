package dev.wayside.cli;

import dev.wayside.config.Home;
import dev.wayside.config.JournalKeys;
import dev.wayside.config.Settings;
import dev.wayside.failure.UnavailableException;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import picocli.CommandLine.Mixin;

/** The options of every command that has to do with the journal: they say which one. */
final class JournalOptions {
    @Mixin
    private SettingsOptions options;

    /**
     * The journal's file.
     *
     * @throws UnavailableException if it is not there
     */
    Path file() {
        return file(settings());
    }

    /** The settings, which say which journal is meant. */
    Settings settings() {
        Settings settings = options.load(Home.current());
        Logging.configure(settings);
        return settings;
    }

    /** As {@link #file()}, for whoever has the settings. */
    Path file(Settings settings) {
        Path file = Home.current().workingDirectory().resolve(settings.get(JournalKeys.PATH));
        if (!Files.exists(file)) {
            throw new UnavailableException("There is no journal " + file
                    + " yet. Run this where Wayside runs, or name the file by --set " + JournalKeys.PATH + "=FILE.");
        }
        return file;
    }

    /** Connects as a process of its own, whether Wayside runs there or not. */
    JournalClient connect() throws SQLException, IOException, JournalException {
        return JournalClient.to(file());
    }
}
