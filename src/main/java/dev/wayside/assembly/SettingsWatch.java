package dev.wayside.assembly;

import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.text.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the settings file. When it was saved, all settings are read again; if one is invalid, all former values stay, and
 * the log says why, once per reason. A file that cannot be read as settings is tried again until it can, because a key can
 * become known by a route that is added later. One whose values a route cannot use is not: every attempt restarts routes.
 */
final class SettingsWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SettingsWatch.class);
    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final Path file;
    private final Supplier<Settings> load;
    private final Consumer<Settings> apply;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "settings");
        thread.setDaemon(true);
        return thread;
    });
    /** Null until the first look, which also finds what was saved while Wayside started. */
    private FileStamp applied;

    private FileStamp seen;
    private String refused = "";
    private boolean unread;

    /**
     * Prepares to watch a file, from {@link #start()} on.
     *
     * @param load reads all settings
     * @param apply applies valid settings
     */
    SettingsWatch(Path file, Supplier<Settings> load, Consumer<Settings> apply) {
        this.file = file;
        this.load = load;
        this.apply = apply;
        this.seen = stamp();
    }

    void start() {
        looks.scheduleWithFixedDelay(this::look, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
    }

    /** Editors save in several steps, so that a change counts when it is seen twice. */
    private void look() {
        FileStamp now = stamp();
        boolean settled = now.isSameAs(seen);
        seen = now;
        if (settled && (applied == null || !now.isSameAs(applied) || unread)) {
            applied = now;
            read();
        }
    }

    private void read() {
        try {
            unread = true;
            Settings settings = load.get();
            unread = false;
            apply.accept(settings);
            refused = "";
        } catch (SettingsException e) {
            refuse(e.getMessage());
        } catch (RuntimeException e) {
            log.debug("cannot apply {}", file, e);
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void refuse(String reason) {
        if (!reason.equals(refused)) {
            String saved = Files.exists(file) ? "saved but is invalid" : "deleted, but something needs its values";
            log.warn("{} was {}; all settings stay as they were. {}", file, saved, reason);
        }
        refused = reason;
    }

    private FileStamp stamp() {
        try {
            return FileStamp.of(file);
        } catch (IOException e) {
            return FileStamp.NONE;
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
