package dev.wayside.access;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.failure.UnavailableException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file with the hash of the page's password, which only Wayside's user can read.
 *
 * @param path of the file; it need not exist
 */
public record PasswordFile(Path path) {
    /** The name in the working directory. */
    public static final String NAME = "wayside.password";

    private static final int SHORTEST = 12;
    private static final int LONGEST = 200;

    /**
     * Keeps the hash of a password, in place of the former one.
     *
     * @throws InvalidInputException if the password is too short or too long
     * @throws UnavailableException if the file cannot be written; the message says why
     */
    public void set(String password) {
        requireLength(password, "The password");
        try {
            replace("# The hash of the page's password. Change it with: ./wayside password\n"
                    + PasswordHash.of(password) + "\n");
        } catch (IOException e) {
            throw new UnavailableException(
                    "The page's password cannot be kept in " + path + ": " + Reason.ofRoot(e)
                            + ". Make the folder writable, or set http.password-file to a file that contains the password.",
                    e);
        }
    }

    /** A crash leaves the old file or the new one. */
    private void replace(String text) throws IOException {
        Path unfinished = Files.createTempFile(
                path.toAbsolutePath().getParent(),
                "." + path.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(unfinished, Set.of(StandardOpenOption.WRITE))) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Reads the hash back.
     *
     * @throws InvalidInputException if the file cannot be read, or contains something else
     */
    PasswordHash hash() {
        return TextFile.lines(path).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> PasswordHash.parse(line.strip()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        path + " does not contain the hash of a password: set a new one with ./wayside password."));
    }

    /** Refuses what can be guessed. */
    static void requireLength(String password, String subject) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new InvalidInputException(subject + " has " + password.length() + " characters; it must have "
                    + SHORTEST + " to " + LONGEST + ". ./wayside password --generate makes one.");
        }
    }
}
