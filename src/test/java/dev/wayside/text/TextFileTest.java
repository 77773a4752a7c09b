package dev.wayside.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsUtf8WithAndWithoutAByteOrderMark() throws IOException {
        assertEquals("S\u00fcd=1\n", TextFile.read(write("S\u00fcd=1\n", "UTF-8")));
        assertEquals("S\u00fcd=1\n", TextFile.read(write("\uFEFFS\u00fcd=1\n", "UTF-8")));
        assertEquals("", TextFile.read(write("\uFEFF", "UTF-8")));
    }

    @Test
    void aFileThatIsNoTextIsRefusedByItsLength() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[(4 << 20) + 1]);
        assertEquals(file + " has more than 4 MB; it must be a text file.", refused(file));
    }

    /** Reading the pipe would wait for ever. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoRegularFileIsRefusedUnread() throws Exception {
        Path pipe = NamedPipe.make(folder.resolve("pipe"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        for (Path file : List.of(pipe, link, Path.of("/dev/zero"), Path.of("/dev/null"))) {
            assertEquals(
                    file + " is a named pipe, a socket or a device; it must be a regular text file.", refused(file));
            assertThrows(InvalidInputException.class, () -> TextFile.secret(file));
            assertThrows(InvalidInputException.class, () -> TextFile.bytes(file));
        }
    }

    @Test
    void byteOrderMarksInConcatenatedFilesAreRemoved() throws IOException {
        assertEquals("a\nb\r\nc", TextFile.read(write("\uFEFFa\n\uFEFFb\r\n\uFEFFc", "UTF-8")));
        assertEquals("a\uFEFFb", TextFile.read(write("a\uFEFFb", "UTF-8")), "no line begins with it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesHaveNoLineEndings(String end) throws IOException {
        assertEquals(List.of("a", "", "b "), TextFile.lines(write("a" + end + end + "b " + end, "UTF-8")));
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, 3, but looks like Windows-1252 or ISO 8859-1",
        "ISO-8859-1,   3, but looks like Windows-1252 or ISO 8859-1",
        "Shift_JIS,    3, not UTF-8",
        "UTF-16LE,     1, this is UTF-16LE",
        "UTF-16BE,     1, this is UTF-16BE",
        "x-UTF-16LE-BOM, 1, this is UTF-16LE",
        "UTF-16,       1, this is UTF-16BE",
        "X-UTF-32LE-BOM, 1, this is UTF-32LE",
        "X-UTF-32BE-BOM, 1, this is UTF-32BE",
    })
    void anotherEncodingIsReportedWithFileAndLine(String encoding, int line, String words) throws IOException {
        String text = encoding.equals("Shift_JIS") ? "a=1\r\n\r\nb=\u8868\r\n" : "a=1\r\n\r\nb=S\u00fcd\r\n";
        String message = refused(write(text, encoding));
        assertTrue(message.startsWith(folder.resolve("file") + ", line " + line + ": "), message);
        assertTrue(message.contains(words), message);
        assertTrue(message.endsWith("Save the file in UTF-8."), message);
    }

    @Test
    void aBinaryFileIsReported() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {'a', '\n', 'b', 'c', 0, 'd', 'e', 'f'});
        assertEquals(file + ", line 2: a zero byte; this is not a text file.", refused(file));
        assertEquals(folder + " is a folder; it must be a text file.", refused(folder));
        assertEquals("There is no file " + folder.resolve("none") + ".", refused(folder.resolve("none")));
    }

    @Test
    void aSecretIsTheWholeLine() throws IOException {
        assertEquals(" r&d %25 ", TextFile.secret(write("\uFEFF r&d %25 \r\n", "UTF-8")));
        assertEquals("x", TextFile.secret(write("x\n\n", "UTF-8")));
    }

    @Test
    void theMessageDoesNotContainTheSecret() throws IOException {
        for (String encoding : List.of("UTF-8", "windows-1252")) {
            Path file = write(encoding.equals("UTF-8") ? "hunter2\nother\n" : "hunter2\u00fc", encoding);
            String message = assertThrows(InvalidInputException.class, () -> TextFile.secret(file))
                    .getMessage();
            assertFalse(message.contains("hunter2") || message.contains("other"), message);
        }
        Path empty = write("\r\n", "UTF-8");
        assertTrue(assertThrows(InvalidInputException.class, () -> TextFile.secret(empty))
                .getMessage()
                .endsWith(" is empty; it must contain the secret on one line."));
    }

    @Property(tries = 2000)
    void anyBytesAreTextOrRefusedWithASentence(@ForAll byte[] bytes) {
        try {
            String text = TextFile.decode(bytes, "file");
            assertFalse(text.startsWith("\uFEFF"));
        } catch (InvalidInputException e) {
            assertTrue(e.getMessage().matches("file, line \\d+: .*\\."), e.getMessage());
        }
    }

    private Path write(String text, String encoding) throws IOException {
        return Files.write(folder.resolve("file"), text.getBytes(Charset.forName(encoding)));
    }

    private static String refused(Path file) {
        return assertThrows(InvalidInputException.class, () -> TextFile.read(file))
                .getMessage();
    }
}
