package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "tcp://broker, tcp://broker:1883",
        "ssl://broker.example, ssl://broker.example:8883",
        "ws://broker/mqtt, ws://broker:80/mqtt",
        "wss://broker, wss://broker:443",
        "tcp://[::1], tcp://[::1]:1883",
        "tcp://broker:2000, tcp://broker:2000",
    })
    void aUrlWithoutAPortGetsTheDefaultOfItsScheme(String given, String meant) {
        assertEquals(meant, BrokerUrl.withPort(given));
    }

    /** Docker gives hosts such names. */
    @Test
    void aHostMayHaveAnUnderscore() {
        assertEquals("tcp://the_broker:1883", BrokerUrl.withPort("tcp://the_broker:1883"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"broker", "broker:1883", "http://broker", "tcp:broker", "tcp://a b", "tcp://me:se cret@b", ""})
    void anythingElseIsRefusedWithoutRepeatingIt(String given) {
        String sentence = assertThrows(InvalidInputException.class, () -> BrokerUrl.withPort(given))
                .getMessage();
        assertTrue(sentence.contains("tcp://localhost:1883") && !sentence.contains("cret"), sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://my_broker:1883, mqtt-tcp://broker:1883#my_broker",
        "ssl://my_broker:8883, mqtts://broker:8883#my_broker",
        "ssl://broker.example:8883, mqtts://broker.example:8883",
        "tcp://[::1]:1883, tcp://[::1]:1883",
        "ws://broker.example:80/mqtt, ws://broker.example:80/mqtt",
    })
    void pahoGetsAUriWithAHostWhateverTheHostIsCalled(String url, String forPaho) {
        assertEquals(forPaho, BrokerUrl.forPaho(url));
        assertNotNull(URI.create(forPaho).getHost());
    }
}
