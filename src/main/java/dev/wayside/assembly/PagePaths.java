package dev.wayside.assembly;

import dev.wayside.api.DataApi;
import dev.wayside.api.SystemReport;
import dev.wayside.config.Home;
import dev.wayside.config.PageKeys;
import dev.wayside.config.Settings;
import dev.wayside.detect.Detector;
import dev.wayside.journal.Journal;
import dev.wayside.live.LiveLimits;
import dev.wayside.live.LivePage;
import dev.wayside.live.LiveView;
import dev.wayside.machine.Machine;
import dev.wayside.management.HawtioConsole;
import dev.wayside.status.StatusBoard;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.camel.CamelContext;

/** What the HTTP port serves: the live page, the data behind it, and the Hawtio console. */
final class PagePaths {
    private PagePaths() {}

    /**
     * Adds the paths to the server of a context when it has started, if it has one.
     *
     * @param journal is read only while it is open
     * @param detector is described only while it is open
     * @param threads of the detector
     */
    static void add(
            CamelContext context,
            Home home,
            Settings settings,
            LiveView view,
            StatusBoard status,
            Part<Journal> journal,
            Part<Detector> detector,
            IntSupplier threads) {
        int port = settings.get(PageKeys.PORT);
        context.addLifecycleStrategy(new LivePage(view, port, status::snapshot, LiveLimits.DEFAULT));
        SystemReport system = new SystemReport(
                context,
                new Machine(Path.of("/")),
                () -> Version.all(context),
                () -> detector.ifOpen()
                        .map(open -> ModelCard.of(open, threads.getAsInt()))
                        .orElse(Map.of()),
                home.workingDirectory(),
                settings.get(PageKeys.HAWTIO));
        context.addLifecycleStrategy(new DataApi(port, journal::ifOpen, system, Clock.systemUTC()));
        if (settings.get(PageKeys.HAWTIO)) {
            context.addLifecycleStrategy(new HawtioConsole(port, HawtioConsole.installedFiles(), Version.current()));
        }
    }
}
