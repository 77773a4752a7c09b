package dev.wayside.assembly;

import dev.wayside.camera.Camera;
import dev.wayside.config.DetectKeys;
import dev.wayside.config.Home;
import dev.wayside.config.Key;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.routes.RouteFolder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changed settings to what runs: all changed values that can change while Wayside runs, or none. For the others, the
 * log says that they need a restart.
 */
final class SettingsChange implements Consumer<Settings> {
    private static final Logger log = LoggerFactory.getLogger(SettingsChange.class);

    private final Home home;
    private final Parts parts;
    private final RouteFolder routes;
    private final Consumer<Settings> logging;
    /** As the file says, including what waits for a restart. */
    private Settings wanted;
    /** In effect. */
    private Settings current;

    /**
     * Begins with the settings of the start.
     *
     * @param logging applies the settings of the log
     */
    SettingsChange(Home home, Settings settings, Parts parts, RouteFolder routes, Consumer<Settings> logging) {
        this.home = home;
        this.parts = parts;
        this.routes = routes;
        this.logging = logging;
        this.wanted = settings;
        this.current = settings;
    }

    /**
     * Applies the settings, which were read again.
     *
     * @throws SettingsException if a part or a route cannot use a new value; then everything is as before
     */
    @Override
    public void accept(Settings read) {
        // A value that is back to the one in effect needs no restart.
        List<String> restart = Stream.concat(
                        read.differences(wanted).stream()
                                .filter(key ->
                                        !key.changeable() && !read.text(key).equals(current.text(key)))
                                .map(Key::name),
                        read.differencesOfCamel(wanted).stream())
                .toList();
        Settings next = current.changedTo(read);
        List<Key<?>> changed = next.differences(current);
        if (!changed.isEmpty()) {
            apply(next, changed);
        }
        read.overriddenDifferences(wanted)
                .forEach(key -> log.warn(
                        "{} was changed in the settings file, but {} sets it and takes precedence.",
                        key,
                        read.origin(key)));
        if (!restart.isEmpty()) {
            log.warn(
                    "{} {} effect after a restart.",
                    String.join(", ", restart),
                    restart.size() == 1 ? "takes" : "take");
        }
        wanted = read;
    }

    private void apply(Settings next, List<Key<?>> changed) {
        EffectiveSettings before = new EffectiveSettings(current, home);
        EffectiveSettings after = new EffectiveSettings(next, home);
        parts.detector().ifOpen().ifPresent(open -> new DetectorSettings(home, next, after.threads())
                .requireLabels(open.folder()));
        try {
            routes.apply(
                    changed.stream().map(Key::name).collect(Collectors.toList()),
                    after.cameraRoutes(),
                    () -> parts.use(next, after),
                    () -> parts.use(current, before));
        } catch (InvalidInputException e) {
            throw new SettingsException(e.getMessage());
        }
        useInOpenParts(next, after);
        logging.accept(next);
        current = next;
        log.info("{} changed", names(changed));
    }

    private void useInOpenParts(Settings next, EffectiveSettings after) {
        parts.detector()
                .ifOpen()
                .ifPresent(open -> open.setScoreThreshold(next.get(DetectKeys.SCORE)
                        .map(Double::floatValue)
                        .orElse(open.folder().thresholds().score())));
        parts.events()
                .ifOpen()
                .ifPresent(open -> open.choose(next.get(DetectKeys.LABELS), next.get(DetectKeys.MAX_OBJECTS)));
        parts.cameras().ifOpen().ifPresent(open -> open.all().stream()
                .map(Camera::name)
                .forEach(name -> open.setPeriod(name, after.period(name))));
    }

    private static String names(List<Key<?>> keys) {
        return keys.stream().map(Key::name).collect(Collectors.joining(", "));
    }
}
