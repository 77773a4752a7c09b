package dev.wayside.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "fd00::12:3", "1:2:3:4:5:6:7:8", "::ffff:127.0.0.1", "fe80::1%no-such-zone"})
    void everyFormOfAnIpv6AddressIsKnown(String text) {
        assertTrue(IpAddress.isIpv6(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1%",
                "%eth0",
                "::g",
                "127.0.0.1",
                "::1.2.3",
                ".:1",
                "[::1]",
                "::1]",
                "localhost"
            })
    void anythingElseIsNone(String text) {
        assertFalse(IpAddress.isIpv6(text));
    }

    @Test
    void onlyAPairOfBracketsIsRemoved() {
        assertEquals("::1", IpAddress.withoutBrackets("[::1]"));
        assertEquals("[::1", IpAddress.withoutBrackets("[::1"));
        assertEquals("::1", IpAddress.withoutBrackets("::1"));
    }
}
