package dev.wayside.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
    private static final String PASSWORD = "Straße & $bahn#ü";

    @TempDir
    Path directory;

    @Test
    void keepsOnlyAHashThatOthersCannotRead() throws IOException {
        PasswordFile file = new PasswordFile(directory.resolve(PasswordFile.NAME));
        file.set("former password");
        file.set(PASSWORD);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
        assertFalse(Files.readString(file.path()).contains("bahn"));
        assertTrue(file.hash().matches(PASSWORD));
        assertFalse(file.hash().matches(PASSWORD + " "));
        assertFalse(file.hash().matches("former password"));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file.path()), files.toList());
        }
    }

    @Test
    void twoHashesOfAPasswordDiffer() {
        assertNotEquals(
                PasswordHash.of(PASSWORD).toString(), PasswordHash.of(PASSWORD).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret of a user", "$pbkdf2-sha512$i=210000$short$short", "# only a comment"})
    void refusesAFileWithoutAHashAndDoesNotRepeatIt(String content) throws IOException {
        Path file = Files.writeString(directory.resolve(PasswordFile.NAME), content);
        String message = assertThrows(InvalidInputException.class, () -> new PasswordFile(file).hash())
                .getMessage();
        assertTrue(message.contains("./wayside password"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void refusesAPasswordThatCanBeGuessed() {
        PasswordFile file = new PasswordFile(directory.resolve(PasswordFile.NAME));
        String message = assertThrows(InvalidInputException.class, () -> file.set("12345678901"))
                .getMessage();
        assertTrue(message.contains("has 11 characters; it must have 12 to 200"), message);
        assertFalse(Files.exists(file.path()));
    }

    @Test
    void saysWhyItCannotBeWritten() {
        PasswordFile file = new PasswordFile(directory.resolve("none/" + PasswordFile.NAME));
        String message = assertThrows(UnavailableException.class, () -> file.set(PASSWORD))
                .getMessage();
        assertTrue(message.contains("http.password-file"), message);
        assertFalse(message.contains(PASSWORD), message);
    }

    @Test
    void newPasswordsAreEasyToTypeAndAllDifferent() {
        Set<String> passwords = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String password = NewPassword.random();
            assertTrue(password.matches("([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}"), password);
            passwords.add(password);
        }
        assertEquals(1000, passwords.size());
    }
}
