package dev.wayside.text;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a user's text files: in UTF-8, with or without a byte order mark, with the line endings of any system.
 *
 * <p>Anything else causes an {@link InvalidInputException} whose message names the file, and for another encoding the line
 * and the encoding. The message never repeats the file's content, which could be a secret.
 */
public final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String SAVE_AS_UTF_8 = ". Save the file in UTF-8.";

    /** Nobody writes a longer one; it would not fit into the heap. */
    private static final int LONGEST = 4 << 20;

    private TextFile() {}

    /**
     * The whole text, without byte order marks, with the line endings of the file.
     *
     * @throws InvalidInputException if the file does not exist, cannot be read or is not UTF-8
     */
    public static String read(Path file) {
        return decode(bytes(file), file.toString());
    }

    /** The lines, without line endings; otherwise as {@link #read}. */
    public static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    /**
     * A password or key that is alone in a file: every character of its line, including spaces.
     *
     * @throws InvalidInputException as {@link #read}, and if the file is empty or has several lines
     */
    public static String secret(Path file) {
        List<String> lines =
                lines(file).stream().filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            throw new InvalidInputException(file + " is empty; it must contain the secret on one line.");
        }
        if (lines.size() > 1) {
            throw new InvalidInputException(
                    file + " has " + lines.size() + " lines; it must contain only the secret, on one line.");
        }
        return lines.get(0);
    }

    /**
     * Decodes the content of a file that was already read; otherwise as {@link #read}.
     *
     * @param name of the file, for the message
     */
    public static String decode(byte[] content, String name) {
        refuseWideEncodings(content, name);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new InvalidInputException(name + ", line " + line(content, in.position()) + ": this is not UTF-8"
                    + (isWindows1252(content) ? " but looks like Windows-1252 or ISO 8859-1" : "") + SAVE_AS_UTF_8);
        }
        String text = out.flip().toString();
        // Concatenated files have byte order marks in the middle.
        return text.contains(BYTE_ORDER_MARK) ? text.replaceAll("(?m)^" + BYTE_ORDER_MARK + "+", "") : text;
    }

    /** The content of a file, in any encoding; otherwise fails as {@link #read}. */
    public static byte[] bytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InvalidInputException(file + " is a folder; it must be a text file.");
            }
            // To open a named pipe would wait until another program writes to it.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new InvalidInputException(
                        file + " is a named pipe, a socket or a device; it must be a regular text file.");
            }
            byte[] content = content(file);
            if (content.length > LONGEST) {
                throw new InvalidInputException(
                        file + " has more than " + (LONGEST >> 20) + " MB; it must be a text file.");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("There is no file " + file + ".", e);
        } catch (AccessDeniedException e) {
            throw new InvalidInputException(
                    file + " cannot be read: the user " + System.getProperty("user.name") + " has no permission.", e);
        } catch (IOException e) {
            throw new InvalidInputException(file + " cannot be read: " + Reason.ofRoot(e) + ".", e);
        }
    }

    /** No more than shows that it is too long. */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST + 1);
        }
    }

    /** UTF-8 text has no zero bytes; text in UTF-16 and UTF-32 has some in every line. */
    private static void refuseWideEncodings(byte[] content, String name) {
        String marked = wideByMark(content);
        int zero = indexOfZero(content);
        if (marked == null && zero < 0) {
            return;
        }
        if (marked == null && isMostlyZero(content, zero % 2)) {
            marked = zero % 2 == 0 ? "UTF-16BE" : "UTF-16LE";
        }
        throw new InvalidInputException(
                marked == null
                        ? name + ", line " + line(content, zero) + ": a zero byte; this is not a text file."
                        : name + ", line 1: this is " + marked + ", not UTF-8" + SAVE_AS_UTF_8);
    }

    private static String wideByMark(byte[] content) {
        int first = content.length < 2 ? 0 : (content[0] & 0xff) << 8 | content[1] & 0xff;
        if (first == 0xfffe) {
            boolean wider = content.length >= 4 && content[2] == 0 && content[3] == 0;
            return wider ? "UTF-32LE" : "UTF-16LE";
        }
        if (first == 0xfeff) {
            return "UTF-16BE";
        }
        boolean wide = content.length >= 4 && first == 0 && (content[2] & 0xff) == 0xfe && (content[3] & 0xff) == 0xff;
        return wide ? "UTF-32BE" : null;
    }

    private static int indexOfZero(byte[] content) {
        for (int i = 0; i < content.length; i++) {
            if (content[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether at least half of the bytes at even, or at odd, offsets are zero, as in UTF-16 without a byte order mark. */
    private static boolean isMostlyZero(byte[] content, int start) {
        int zeros = 0;
        for (int i = start; i < content.length; i += 2) {
            zeros += content[i] == 0 ? 1 : 0;
        }
        return content.length % 2 == 0 && zeros * 4 >= content.length;
    }

    private static int line(byte[] content, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            boolean carriageReturn = content[i] == '\r' && (i + 1 == content.length || content[i + 1] != '\n');
            line += content[i] == '\n' || carriageReturn ? 1 : 0;
        }
        return line;
    }

    /** Whether each byte is a character in Windows-1252, and none is a control character. */
    private static boolean isWindows1252(byte[] content) {
        String text = new String(content, Charset.forName("windows-1252"));
        return text.chars().noneMatch(c -> c == '\uFFFD' || Character.isISOControl(c) && "\t\r\n\f".indexOf(c) < 0);
    }
}
