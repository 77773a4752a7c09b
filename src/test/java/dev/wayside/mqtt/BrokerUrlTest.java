package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aUrlWithoutAPortHasThatOfItsKind(String given, String meant) {
        assertEquals(meant, BrokerUrl.withPort(given));
    }
}
