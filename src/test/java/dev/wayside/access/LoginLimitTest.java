package dev.wayside.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginLimitTest {
    private long now = 5;
    private final LoginLimit limit = new LoginLimit(() -> now);

    @Test
    void aClientMayTryAFewTimesAndThenSlowly() throws UnknownHostException {
        assertEquals(5, allowed("192.0.2.1", 100));
        assertEquals(Duration.ofSeconds(10), limit.attempt(InetAddress.getByName("192.0.2.1")));
        pass(Duration.ofSeconds(10));
        assertEquals(1, allowed("192.0.2.1", 100));
        pass(Duration.ofHours(1));
        assertEquals(5, allowed("192.0.2.1", 100));
    }

    @Test
    void anIpv6ClientCountsAsItsNetwork() throws UnknownHostException {
        assertEquals(5, allowed("2001:db8:0:1::1", 5));
        assertEquals(0, allowed("2001:db8:0:1:ffff::2", 5));
        assertEquals(5, allowed("2001:db8:0:2::1", 5));
    }

    @Test
    void allClientsTogetherAreLimited() throws UnknownHostException {
        int total = 0;
        for (int i = 0; i < 200; i++) {
            total += allowed("10.0.0." + i, 5);
        }
        assertEquals(20 + 5, total, "five of those that had not tried before");
        pass(Duration.ofMinutes(1));
        assertEquals(5, allowed("10.0.1.1", 10));
    }

    @Test
    void aClientThatHasLoggedInIsNotKeptOutByOthers() throws UnknownHostException {
        InetAddress owner = InetAddress.getByName("192.0.2.9");
        assertTrue(limit.attempt(owner).isZero());
        limit.succeeded(owner);
        for (int i = 0; i < 200; i++) {
            allowed("10.0.0." + i, 5);
        }
        assertEquals(5, allowed("192.0.2.9", 10));
    }

    @Test
    void anAttackFromFewAddressesDoesNotKeepNewcomersOut() throws UnknownHostException {
        for (int second = 0; second < 600; second++) {
            allowed("192.0.2.1", 1);
            allowed("192.0.2.2", 1);
            allowed("192.0.2.3", 1);
            pass(Duration.ofSeconds(1));
        }
        assertEquals(1, allowed("192.0.2.9", 1));
    }

    @Test
    void aRightPasswordDoesNotCount() throws UnknownHostException {
        InetAddress client = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 100; i++) {
            assertTrue(limit.attempt(client).isZero());
            limit.succeeded(client);
        }
    }

    @Test
    void whoeverWaitsAsToldMayTryAgain() throws UnknownHostException {
        InetAddress client = InetAddress.getByName("192.0.2.1");
        allowed("192.0.2.1", 10);
        for (int i = 0; i < 50; i++) {
            pass(limit.attempt(client));
            assertTrue(limit.attempt(client).isZero());
        }
    }

    private int allowed(String client, int attempts) throws UnknownHostException {
        int allowed = 0;
        for (int i = 0; i < attempts; i++) {
            allowed += limit.attempt(InetAddress.getByName(client)).isZero() ? 1 : 0;
        }
        return allowed;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
