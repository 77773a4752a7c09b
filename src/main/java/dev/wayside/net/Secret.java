package dev.wayside.net;

import dev.wayside.text.TextFile;
import java.nio.file.Path;

/**
 * A password or a key that a server asks for. It is in a file or given as it is; a file goes first.
 *
 * @param text the secret itself, empty for none
 * @param file that holds it and perhaps a line end, empty for none
 */
public record Secret(String text, String file) {
    /** No secret. */
    public static final Secret NONE = new Secret("", "");

    /** The same with another text. */
    public Secret withText(String secret) {
        return new Secret(secret, file);
    }

    /** The same with another file. */
    public Secret withFile(String path) {
        return new Secret(text, path);
    }

    /**
     * What to tell the server; empty for no secret.
     *
     * @throws dev.wayside.failure.InvalidInputException if the file cannot be read or is empty; the message names it
     */
    public String read() {
        return file.isEmpty() ? text : TextFile.secret(Path.of(file));
    }

    /** Without the secret, wherever it may be written. */
    @Override
    public String toString() {
        return file.isEmpty() ? "***" : "*** in " + file;
    }
}
