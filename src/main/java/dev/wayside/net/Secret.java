package dev.wayside.net;

import dev.wayside.text.TextFile;
import java.nio.file.Path;

/**
 * A password or key for a server, given directly or in a file. The file takes precedence.
 *
 * @param text the secret itself, empty for none
 * @param file a file that contains the secret on one line, empty for none
 */
public record Secret(String text, String file) {
    /** No secret. */
    public static final Secret NONE = new Secret("", "");

    /** A copy with this text. */
    public Secret withText(String secret) {
        return new Secret(secret, file);
    }

    /** A copy with this file. */
    public Secret withFile(String path) {
        return new Secret(text, path);
    }

    /**
     * The secret to send to the server; empty for none.
     *
     * @throws dev.wayside.failure.InvalidInputException if the file cannot be read or is empty; the message names it
     */
    public String read() {
        return file.isEmpty() ? text : TextFile.secret(Path.of(file));
    }

    /** Does not contain the secret, so that it can be logged. */
    @Override
    public String toString() {
        return file.isEmpty() ? "***" : "*** in " + file;
    }
}
