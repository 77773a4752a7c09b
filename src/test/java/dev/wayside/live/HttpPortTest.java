package dev.wayside.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.UnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpPortTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8080/",
        "localhost, http://localhost:8080/",
        "::1, http://[::1]:8080/",
        "[::1], http://[::1]:8080/",
        "fd00::12:3, http://[fd00::12:3]:8080/",
        "0.0.0.0, http://pi-01:8080/",
        "::, http://pi-01:8080/",
        "0:0:0:0:0:0:0:0, http://pi-01:8080/",
    })
    void theAddressCanBeTypedIntoABrowser(String host, String url) {
        assertEquals(url, HttpPort.url("http", host, 8080, "pi-01"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0.0.0", "localhost, 127.0.0.1", "127.1, 127.0.0.1", "::, ::", "nowhere.invalid, nowhere.invalid"})
    void listensOnTheAddressThatTheMachineKnowsForAName(String host, String address) {
        assertEquals(address, HttpPort.address(host));
    }

    @Test
    void saysWhichAddressIsTakenInTheSameWay() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            UnavailableException failure =
                    assertThrows(UnavailableException.class, () -> HttpPort.requireFree("::1", taken.getLocalPort()));
            assertTrue(failure.getMessage().contains(" on ::1 is taken"), failure.getMessage());
        }
    }
}
