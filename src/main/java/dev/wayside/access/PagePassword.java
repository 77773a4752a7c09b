package dev.wayside.access;

import dev.wayside.text.TextFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The password that the page asks for.
 *
 * @param text the password itself, or its hash: two are equal if this is
 * @param check whether an attempt is right; can take a second of CPU time
 */
record PagePassword(String text, Predicate<String> check) {
    /**
     * Reads it from the file that the settings name, or else from that with the hash.
     *
     * @return empty if no password is set
     * @throws dev.wayside.failure.InvalidInputException if a file cannot be used; the message says which, and why
     */
    static Optional<PagePassword> read(AccessSettings settings) {
        if (settings.passwordFile().isPresent()) {
            return settings.passwordFile().map(PagePassword::plain);
        }
        return Files.exists(settings.hashFile())
                ? Optional.of(hashed(new PasswordFile(settings.hashFile()).hash()))
                : Optional.empty();
    }

    private static PagePassword plain(Path file) {
        String password = TextFile.secret(file);
        PasswordFile.requireLength(password, "The password in " + file);
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return new PagePassword(
                password, attempt -> MessageDigest.isEqual(bytes, attempt.getBytes(StandardCharsets.UTF_8)));
    }

    private static PagePassword hashed(PasswordHash hash) {
        return new PagePassword(hash.toString(), hash::matches);
    }

    /** Whether it is the same password as another one, or as none. */
    boolean isSame(PagePassword other) {
        return other != null && text.equals(other.text);
    }

    /** Without the password, so that it can be logged. */
    @Override
    public String toString() {
        return "***";
    }
}
