package dev.wayside.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    Path directory;

    @Test
    void aFileTakesPrecedence() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "s\u20accret\r\n");
        assertEquals("s\u20accret", new Secret("other", file.toString()).read());
        assertEquals("other", Secret.NONE.withText("other").read());
        assertEquals("", Secret.NONE.read());
    }

    @Test
    void toStringDoesNotContainTheSecret() {
        assertEquals("***", new Secret("hush", "").toString());
        assertEquals("*** in /etc/secret", new Secret("hush", "/etc/secret").toString());
    }
}
