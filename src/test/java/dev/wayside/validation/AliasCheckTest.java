package dev.wayside.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasCheckTest {
    private static final Path FILE = Path.of("a.yaml");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- &a [*a, *a]",
                "- &a {from: *a, to: *a}",
                "- route: &a\n    from: {uri: timer:a, steps: [&b [*a, *b], *a]}",
            })
    void anAliasOfWhatItIsInIsRefused(String text) {
        assertEquals("it contains an alias of itself and would never end", reason(text));
    }

    @Test
    void aliasesThatMultiplyAreRefused() throws MistakeException {
        assertEquals(10, YamlNode.read(FILE, doubled(9)).orElseThrow().items().size());
        assertEquals("with its aliases resolved, the file has more than 100000 values", reason(doubled(24)));
    }

    private static String doubled(int times) {
        return "- &a0 [x, x, x, x]\n"
                + IntStream.rangeClosed(1, times)
                        .mapToObj(each -> "- &a%d [*a%d, *a%d]\n".formatted(each, each - 1, each - 1))
                        .collect(Collectors.joining());
    }

    private static String reason(String text) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThrows(MistakeException.class, () -> YamlNode.read(FILE, text))
                        .mistake()
                        .reason());
    }
}
