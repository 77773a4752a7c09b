package dev.wayside.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.store.StoreUnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
    private static final String SENTENCE =
            "InfluxDB at http://127.0.0.1:8086 refuses the connection: is it running there?";

    @Test
    void usesWaysidesOwnMessageHoweverDeepItIsWrapped() {
        Exception own = new StoreUnavailableException(SENTENCE, new ConnectException("Connection refused"));
        assertEquals(SENTENCE, Reason.of(new IllegalStateException("Error during processing", own)));
    }

    @Test
    void usesTheOuterOfTwoOwnMessages() {
        Exception inner = new StoreUnavailableException("the connection broke");
        assertEquals(SENTENCE, Reason.of(new StoreUnavailableException(SENTENCE, inner)));
    }

    @Test
    void printsOneLineIfThereIsNoOwnMessage() {
        Exception foreign = new IllegalStateException("wrapped\n  twice", new ConnectException("Connection refused"));
        String refused = "the server refuses the connection: check that it runs, and that host and port are right";
        assertEquals("wrapped twice: " + refused, Reason.of(foreign));
        assertEquals(refused, Reason.ofRoot(foreign));
        assertEquals("IllegalStateException", Reason.of(new IllegalStateException()));
        assertEquals("red alert", Reason.of(new IllegalStateException("red\u001b\nalert\u0007")));
        assertEquals("no", Reason.of(new RuntimeException(new IllegalStateException("no"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection refused | the server refuses",
                "Connection refused: /127.0.0.1:9 | /127.0.0.1:9: the server refuses",
                "Connect to http://store failed: Connection refused | Connect to http://store failed: the server refuses",
                "x: java.net.ConnectException: Connection refused | x: the server refuses",
                "Connection timed out | the server did not answer in time",
                "Network is unreachable | the server cannot be reached",
                "no answer | no answer: the server refuses",
            })
    void saysOnceWhyAConnectionFailed(String message, String reason) {
        Exception failure = new ConnectException(message);
        for (Exception each : List.of(failure, new IllegalStateException(failure))) {
            assertTrue(Reason.of(each).startsWith(reason), Reason.of(each));
        }
        assertFalse(Reason.of(new IOException(message, failure)).matches("(?i).*(refuse|timed out|unreach).*\\1.*"));
    }

    @Test
    void saysOnceWhatElseFailed() {
        assertEquals(
                "/data/x: the disk is full",
                Reason.of(new FileSystemException("/data/x", null, "No space left on device")));
        assertEquals(
                "/x: there is no such file", Reason.of(new FileNotFoundException("/x (No such file or directory)")));
        assertEquals("the server closed the connection", Reason.of(new SocketException("Connection reset")));
        String tls = Reason.of(new SSLHandshakeException("Received fatal alert: unknown_ca"));
        assertTrue(tls.startsWith("the server does not trust the CA"), tls);
        String unknown = Reason.of(new UnknownHostException("store.invalid: Name or service not known"));
        assertTrue(unknown.startsWith("store.invalid: the server cannot be found"), unknown);
        assertEquals(
                "Is a directory",
                Reason.of(new IllegalStateException("Is a directory")),
                "what is not explained stays");
    }

    @Test
    void omitsCamelsMessageAboutASplit() {
        Exception cause = new IllegalStateException("HTTP 503");
        Exception split = new Exception(
                "Multicast processing failed for number 1. Exchange[6F]. Caused by: [java.lang.IllegalStateException -"
                        + " HTTP 503]",
                cause);
        assertEquals("HTTP 503", Reason.of(split));
    }
}
