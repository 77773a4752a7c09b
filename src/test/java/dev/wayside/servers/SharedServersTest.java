package dev.wayside.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.wayside.NestedLauncher;
import dev.wayside.SkippedTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SharedServersTest {
    @TempDir
    Path folder;

    @Test
    void aServerThatIsNotInstalledSkipsItsTestsAndFailsNone() throws Exception {
        Path notes = folder.resolve("skipped.txt");
        NestedLauncher.run(SkippedTests.in(notes), NeedsAServer.class);
        assertEquals("there is no such server\tall of SharedServersTest$NeedsAServer\n", Files.readString(notes));
    }

    static class NeedsAServer {
        @RegisterExtension
        static final SharedServers SERVERS =
                new SharedServers(Map.of(Server.class, () -> abort("there is no such server")));

        NeedsAServer(Server server) {
            server.port();
        }

        @Test
        void asksItSomething() {}
    }
}
