package dev.wayside.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text as the value of any key is taken unchanged or refused with a sentence. jqwik keeps a failing seed and tries it first. */
class SettingsFuzzTest {
    /** An empty place: no settings file and no routes. */
    private static final Home NOWHERE = new Home(Path.of("/nowhere"), Path.of("/nowhere"));

    private static final String SECRET = "hunter2";

    @Property(tries = 6000)
    void anyTextAsAnyValueWorksOrIsRefusedWithASentence(@ForAll("keys") String name, @ForAll("texts") String text) {
        Key<?> key = Keys.known().get(name);
        try {
            Settings settings = load(name, text);
            assertEquals(text.strip(), settings.text(key));
            settings.get(key);
            assertEquals(text.strip(), settings.asProperties().getProperty(name));
            new KeyReport(settings).lines(List.of(key)).forEach(SettingsFuzzTest::assertPrintable);
        } catch (SettingsException e) {
            assertSentences(e, name);
        }
    }

    /** The secret is in varying places of the URL. */
    @Property(tries = 3000)
    void noSecretOfAUrlIsShown(
            @ForAll("urlKeys") String name, @ForAll("schemes") String scheme, @ForAll("texts") String between) {
        try {
            Settings settings = load(name, scheme + "user:" + SECRET + between + "@host:1883/");
            String shown = String.join(
                    "", new KeyReport(settings).lines(List.of(Keys.known().get(name))));
            assertFalse(shown.contains(SECRET), shown);
        } catch (SettingsException e) {
            assertFalse(e.getMessage().contains(SECRET), e.getMessage());
        }
    }

    private static Settings load(String name, String text) {
        return SettingsLoader.load(
                NOWHERE, key -> key.equals(name) ? Optional.of(text) : Optional.empty(), "the fuzz test");
    }

    private static void assertSentences(SettingsException refusal, String name) {
        for (String sentence : refusal.getMessage().split(System.lineSeparator())) {
            assertTrue(sentence.contains(name) && sentence.endsWith("."), sentence);
            assertPrintable(sentence);
        }
    }

    private static void assertPrintable(String text) {
        assertFalse(text.replace(System.lineSeparator(), "").chars().anyMatch(Character::isISOControl), text);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(Keys.known().keySet());
    }

    @Provide
    Arbitrary<String> urlKeys() {
        return Arbitraries.of(
                CameraKeys.URL.name(), MqttKeys.URL.name(), InfluxKeys.URL.name(), ElasticsearchKeys.URL.name());
    }

    @Provide
    Arbitrary<String> schemes() {
        return Arbitraries.of("tcp://", "http://", "rtsp://", "", "tpc:/", "ssl:", "://", "http:///");
    }

    /** Characters with a special meaning somewhere, and arbitrary text. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(
                "&",
                "%25",
                "+",
                "#",
                "?",
                ")",
                "{{",
                "}}",
                "RAW(",
                "${x}",
                "\"",
                "'",
                "\\",
                "#bean:x",
                ",",
                "://",
                "tcp",
                "@",
                "host",
                ":",
                "1883",
                "/",
                "0",
                "-1",
                "99999999999",
                "1e9",
                "s",
                "MB",
                "auto",
                "true",
                " ",
                "\t",
                "\n",
                "\u0000",
                "\u00fc",
                "\uD83D\uDE00",
                "\u0661",
                "NaN",
                "0x10");
        Arbitrary<String> mixed = parts.list().ofMaxSize(6).map(list -> String.join("", list));
        return Arbitraries.oneOf(mixed, Arbitraries.strings().ofMaxLength(30), parts);
    }
}
