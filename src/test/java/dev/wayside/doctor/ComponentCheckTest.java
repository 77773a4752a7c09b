package dev.wayside.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentCheckTest {
    @TempDir
    Path home;

    @Test
    void aComponentOfAnotherVersionIsNamedWithWhatHelps() throws IOException {
        List<Finding> found = new ArrayList<>();
        new ComponentCheck(home).run(new Findings(found::add));
        assertEquals(List.of(), found);
        Files.writeString(
                Files.createDirectories(home.resolve("lib/kafka")).resolve("libraries"),
                "org.apache.camel:camel-kafka:4.9.0\n");
        new ComponentCheck(home).run(new Findings(found::add));
        assertEquals(
                List.of(new Finding(
                        Finding.State.WARNING,
                        "components",
                        "kafka 4.9.0 is for another version of Wayside, and may not work with this one: run ./wayside"
                                + " component add kafka")),
                found);
    }
}
