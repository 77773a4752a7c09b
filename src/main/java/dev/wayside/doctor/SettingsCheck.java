package dev.wayside.doctor;

import dev.wayside.config.Settings;
import java.util.OptionalLong;

/**
 * Says how many settings differ from the defaults, and whether Wayside runs.
 *
 * @param settings all of them
 * @param wayside the process of the Wayside that uses the journal; empty if none does
 */
record SettingsCheck(Settings settings, OptionalLong wayside) implements Check {
    @Override
    public String name() {
        return "settings";
    }

    @Override
    public void run(Findings findings) {
        long changed =
                settings.keys().values().stream().filter(settings::isChanged).count();
        findings.ok(
                name(),
                (changed == 0 ? "all have their defaults" : changed + " differ from their defaults")
                        + "; ./wayside settings --changed shows them");
        findings.ok(
                "wayside",
                wayside.isPresent()
                        ? "it runs as process " + wayside.getAsLong() + ", which is not disturbed"
                        : "it does not run with this journal now");
    }
}
