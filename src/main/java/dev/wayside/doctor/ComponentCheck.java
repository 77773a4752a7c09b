package dev.wayside.doctor;

import dev.wayside.component.Components;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The components that were added to Wayside. After an update they are those of another version, although the launcher still
 * puts them on the class path.
 *
 * @param home Wayside's own folder
 */
record ComponentCheck(Path home) implements Check {
    @Override
    public String name() {
        return "components";
    }

    @Override
    public void run(Findings findings) throws IOException {
        List<String> current = new ArrayList<>();
        for (Components.Added component : new Components(home).list()) {
            if (component.isCurrent()) {
                current.add(component.name());
            } else {
                findings.warning(
                        name(),
                        component.name() + " " + component.version()
                                + " is for another version of Wayside, and may not work with this one: run "
                                + component.remedy());
            }
        }
        if (!current.isEmpty()) {
            findings.ok(
                    name(), String.join(", ", current) + (current.size() == 1 ? " is" : " are") + " of this version");
        }
    }
}
