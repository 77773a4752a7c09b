package dev.wayside.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.failure.NetworkFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class HttpAccessTest {
    private final HttpAccess access = new HttpAccess("InfluxDB", "http://store:8086");

    @Test
    void aStoreIsSpokenOfInTheWordsForAllNetworks() {
        assertSays(NetworkFailure.UNREACHABLE.words(), new NoRouteToHostException("No route to host"));
        assertSays(NetworkFailure.CLOSED.words(), new SocketException("Connection reset"));
        assertSays(NetworkFailure.REFUSED.words(), new ConnectException("Connection refused"));
        assertSays(
                "did not answer within 10 s: check the network, the address and the port",
                new SocketTimeoutException("Read timed out"));
        assertSays("cannot be talked to: what?", new IOException("what?"));
    }

    @Test
    void anAnswerHasTheWordsForAllServersOfHttp() {
        assertAnswered("does not accept the user, password or key (401): no such user", 401);
        assertAnswered("denies access (403): no such user", 403);
        assertAnswered("rejects the request as too large (413): no such user", 413);
        assertAnswered("is overloaded (429): no such user", 429);
        assertAnswered("redirects to another address, as a login page or a proxy does (302): no such user", 302);
        assertAnswered("cannot take events now (503): no such user", 503);
    }

    private void assertAnswered(String words, int status) {
        assertEquals(
                "InfluxDB at http://store:8086 " + words,
                access.answered(status, "no such user", null).getMessage());
    }

    private void assertSays(String words, Exception failure) {
        assertEquals(
                "InfluxDB at http://store:8086 " + words,
                access.unreachable(failure).getMessage());
    }
}
