package dev.wayside.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {
    private static AllowedHosts on(String address) throws UnknownHostException {
        return new AllowedHosts(InetAddress.getByName(address), address, "pi-01", List.of("cam.example", "192.0.2.7"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.0.1.1, true",
        "localhost, true",
        "LOCALHOST., true",
        "[::1], true",
        "::1, true",
        "cam.example, true",
        "Cam.Example, true",
        "192.0.2.7, true",
        "192.0.2.8, false",
        "0.0.0.0, false",
        "[fd00::1], false",
        "pi-01, false",
        "pi-01.local, false",
        "localhost.evil.example, false",
        "evil.example, false",
        "127.0.0.1.evil.example, false",
        "127.0.0.1evil, false",
    })
    void onLoopbackOnlyLoopbackAndConfiguredNamesAreAllowed(String host, boolean allowed) throws UnknownHostException {
        assertEquals(allowed, on("127.0.0.1").allows(host));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "pi-01, true",
        "PI-01.local, true",
        "cam.example, true",
        "10.43.0.9, true",
        "[fd00::1], true",
        "pi-01.evil.example, false",
        "pi-01.local.evil.example, false",
        "evil.example, false",
        "10.43.0.9.evil.example, false",
    })
    void onANetworkAddressesAndTheMachinesNamesAreAllowed(String host, boolean allowed) throws UnknownHostException {
        assertEquals(allowed, on("0.0.0.0").allows(host));
        assertEquals(allowed, on("::").allows(host));
    }

    @Test
    void aRequestWithoutANameIsRefused() throws UnknownHostException {
        assertFalse(on("127.0.0.1").allows(null));
        assertFalse(on("0.0.0.0").allows(""));
    }

    @ParameterizedTest
    @CsvSource({"evil.example, 'evil.example'", "<script>, this name", "a b, this name", ", this name"})
    void onlyAHarmlessNameIsRepeated(String host, String shown) {
        assertEquals(shown.startsWith("this") ? shown : "'" + shown + "'", AllowedHosts.shown(host));
    }
}
