package dev.wayside.cli;

import dev.wayside.config.Home;
import dev.wayside.config.JournalKeys;
import dev.wayside.config.Settings;
import dev.wayside.failure.UnavailableException;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import dev.wayside.process.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import picocli.CommandLine.Mixin;

/** The options of every command that uses the journal. */
final class JournalOptions {
    /** Between two looks at what a running Wayside has done. */
    static final long POLL_MILLIS = 500;

    @Mixin
    private SettingsOptions options;

    /**
     * The journal's file.
     *
     * @throws UnavailableException if it does not exist
     */
    Path file() {
        return file(settings());
    }

    /** The settings, which name the journal's file. */
    Settings settings() {
        Settings settings = options.load(Home.current());
        Logging.configure(settings);
        return settings;
    }

    /** As {@link #file()}, if the settings are already loaded. */
    Path file(Settings settings) {
        Path file = Home.current().workingDirectory().resolve(settings.get(JournalKeys.PATH));
        if (!Files.exists(file)) {
            throw new UnavailableException("There is no journal " + file
                    + " yet. Run this command in Wayside's working directory, or set the file with --set "
                    + JournalKeys.PATH + "=FILE.");
        }
        return file;
    }

    /** Opens the journal from this process, whether Wayside runs or not. */
    JournalClient connect() throws SQLException, IOException, JournalException {
        return JournalClient.to(file());
    }

    /** Fails if no Wayside delivers the events of the journal, because waiting for it would never end. */
    static void requireRunning(Path file) throws IOException {
        if (JournalClient.user(file).isEmpty()) {
            throw new UnavailableException("No Wayside runs with the journal " + file
                    + ", so its events are not delivered. Start it: ./wayside run");
        }
    }
}
