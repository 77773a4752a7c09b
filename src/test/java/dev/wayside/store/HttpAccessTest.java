package dev.wayside.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class HttpAccessTest {
    private final HttpAccess access = new HttpAccess("InfluxDB", "http://store:8086");

    @Test
    void aStoreWithoutAWayThereIsNotReached() {
        String question = " Is it on, and is this machine on the network?";
        assertSays("cannot be reached: No route to host." + question, new NoRouteToHostException("No route to host"));
        assertSays(
                "cannot be reached: Network is unreachable." + question,
                new IOException(new SocketException("Network is unreachable")));
    }

    @Test
    void aStoreThatWasThereBreaksTheConnectionOrRefusesIt() {
        assertSays("broke the connection: Connection reset.", new SocketException("Connection reset"));
        assertSays(
                "refuses the connection: is it running, are host and port right?",
                new ConnectException("Connection refused"));
    }

    private void assertSays(String words, Exception failure) {
        assertEquals(
                "InfluxDB at http://store:8086 " + words,
                access.unreachable(failure).getMessage());
    }
}
