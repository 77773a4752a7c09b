package dev.wayside.assembly;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a settings file is read and applied. */
class SettingsWatchTest {
    @TempDir
    Path directory;

    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger applications = new AtomicInteger();
    private Path file;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(directory.resolve("wayside.properties"), "a=1");
    }

    @Test
    void aSaveWhileWaysideStartsIsFoundByTheFirstLook() {
        try (SettingsWatch watch = watch(() -> null, settings -> {})) {
            watch.start();
            await().until(() -> applications.get() == 1);
        }
    }

    @Test
    void aFileThatCannotBeReadAsSettingsIsTriedAgainUntilItCan() {
        Supplier<Settings> invalidTwice = () -> {
            if (loads.get() < 3) {
                throw new SettingsException("unknown key");
            }
            return null;
        };
        try (SettingsWatch watch = watch(invalidTwice, settings -> {})) {
            watch.start();
            await().until(() -> applications.get() == 1);
            assertEquals(3, loads.get());
        }
    }

    @Test
    void valuesThatARouteCannotUseAreNotTriedAgainBeforeTheNextSave() throws IOException {
        Consumer<Settings> refuses = settings -> {
            throw new SettingsException("a route does not start");
        };
        try (SettingsWatch watch = watch(() -> null, refuses)) {
            watch.start();
            await().until(() -> applications.get() == 1);
            await().during(Duration.ofSeconds(2)).until(() -> applications.get() == 1);
            Files.writeString(file, "a=longer");
            await().until(() -> applications.get() == 2);
        }
    }

    private SettingsWatch watch(Supplier<Settings> load, Consumer<Settings> apply) {
        return new SettingsWatch(
                file,
                () -> {
                    loads.incrementAndGet();
                    return load.get();
                },
                settings -> {
                    applications.incrementAndGet();
                    apply.accept(settings);
                });
    }
}
