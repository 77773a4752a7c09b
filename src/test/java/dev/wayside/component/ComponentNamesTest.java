package dev.wayside.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentNamesTest {
    private static final ComponentNames NAMES = ComponentNames.read();

    @ParameterizedTest
    @CsvSource({
        "kafka, camel-kafka, kafka",
        "camel-kafka, camel-kafka, kafka",
        "aws2-s3, camel-aws2-s3, aws2-s3",
        "https, camel-http, http",
        "jsonpath, camel-jsonpath, jsonpath",
        "jacksonXml, camel-jacksonxml, jacksonxml",
        "jacksonxml, camel-jacksonxml, jacksonxml",
        "mail, camel-mail, mail",
        "smtp, camel-mail, mail",
        "js, camel-javascript, javascript",
        "avro, camel-avro-rpc, avro-rpc",
        "camel-avro, camel-avro, avro"
    })
    void aComponentHasTheNameOfItsUriOrOfItsLibrary(String name, String artifact, String folder) {
        assertEquals(artifact, NAMES.artifact(name));
        assertEquals(folder, NAMES.folder(name));
    }

    @ParameterizedTest
    @CsvSource({
        "kafak, Did you mean kafka?",
        "aws-s3, Did you mean aws2-s3?",
        "camel-kafk, Did you mean camel-kafka?",
        "somethingelse, Camel has no component 'somethingelse'.",
        "../evil, Camel has no component '../evil'"
    })
    void anUnknownNameIsRefusedWithTheNearest(String name, String words) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> NAMES.artifact(name));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
