package dev.wayside.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);

    @Test
    void onATerminalTheLineIsReplacedAndErasedBeforeTheLastOne() {
        StatusLine line = new StatusLine(out, true);
        line.running("1 of 2");
        line.running("2 of 2");
        line.ended("2 in 1 s");
        assertEquals("\r\u001b[K1 of 2\r\r\u001b[K2 of 2\r\r\u001b[K2 in 1 s\n", printed());
    }

    @Test
    void elsewhereProgressIsPlainLinesAndNothingIsErased() {
        StatusLine line = new StatusLine(out, false);
        line.show("checking: disk");
        line.running("1 of 2");
        line.clear();
        line.ended("2 in 1 s");
        assertEquals("1 of 2\n2 in 1 s\n", printed());
    }

    private String printed() {
        return text.toString(StandardCharsets.UTF_8);
    }
}
