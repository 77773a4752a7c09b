package dev.wayside.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class FailureMessagesTest {
    @TempDir
    Path directory;

    static Stream<Arguments> networks() {
        return Stream.of(
                arguments(new UnknownHostException("nowhere"), NetworkFailure.UNKNOWN_HOST),
                arguments(new UnresolvedAddressException(), NetworkFailure.UNKNOWN_HOST),
                arguments(new ConnectException("Connection refused"), NetworkFailure.REFUSED),
                arguments(new ConnectException("Connection timed out"), NetworkFailure.TIMED_OUT),
                arguments(new SocketTimeoutException("Read timed out"), NetworkFailure.TIMED_OUT),
                arguments(new NoRouteToHostException("No route to host"), NetworkFailure.UNREACHABLE),
                arguments(new ConnectException("Network is unreachable"), NetworkFailure.UNREACHABLE),
                arguments(new SocketException("Connection reset"), NetworkFailure.CLOSED),
                arguments(new IOException("unexpected end of stream on http://x/..."), NetworkFailure.CLOSED),
                arguments(new EOFException(), NetworkFailure.CLOSED),
                arguments(new ClosedChannelException(), NetworkFailure.CLOSED),
                arguments(new SSLException("Connection reset", new SocketException("reset")), NetworkFailure.CLOSED));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void networkFailuresAreDistinguishedHoweverDeepTheyAreWrapped(Exception failure, NetworkFailure expected) {
        assertEquals(Optional.of(expected), NetworkFailure.of(failure));
        assertEquals(Optional.of(expected), NetworkFailure.of(new IllegalStateException(new IOException(failure))));
        assertEquals(Optional.empty(), TlsFailure.of(failure));
    }

    @Test
    void realNetworkFailuresOfThisMachineAreRecognised() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertNetwork(NetworkFailure.REFUSED, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        assertNetwork(NetworkFailure.UNKNOWN_HOST, () -> new Socket("no-such-host.invalid", 1).close());
    }

    private static void assertNetwork(NetworkFailure expected, Executable attempt) {
        try {
            attempt.execute();
        } catch (Throwable e) {
            assertEquals(Optional.of(expected), NetworkFailure.of(e), e::toString);
            return;
        }
        throw new AssertionError("it did not fail");
    }

    static Stream<Arguments> handshakes() {
        return Stream.of(
                arguments(
                        new SSLHandshakeException(
                                "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException:"
                                        + " unable to find valid certification path to requested target"),
                        TlsFailure.UNTRUSTED),
                arguments(
                        caused(
                                "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity"
                                        + " check failed",
                                new CertificateExpiredException("NotAfter: Thu Nov 26 2025")),
                        TlsFailure.EXPIRED),
                arguments(
                        caused(
                                "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity"
                                        + " check failed",
                                new CertificateNotYetValidException("NotBefore: Thu Nov 26 2099")),
                        TlsFailure.NOT_YET_VALID),
                arguments(
                        caused(
                                "No name matching localhost found",
                                new CertificateException("No name matching localhost found")),
                        TlsFailure.OTHER_HOST),
                arguments(
                        new SSLHandshakeException("Received fatal alert: unknown_ca"),
                        TlsFailure.OWN_CERTIFICATE_UNTRUSTED),
                arguments(
                        new SSLHandshakeException("Received fatal alert: certificate_required"),
                        TlsFailure.CERTIFICATE_WANTED),
                arguments(
                        new SSLHandshakeException("Received fatal alert: bad_certificate"),
                        TlsFailure.OWN_CERTIFICATE_REFUSED),
                arguments(new SSLException("Unsupported or unrecognized SSL message"), TlsFailure.NO_TLS),
                arguments(
                        new SSLHandshakeException("Received fatal alert: protocol_version"),
                        TlsFailure.NOTHING_IN_COMMON),
                arguments(new SSLHandshakeException("Received fatal alert: handshake_failure"), TlsFailure.OTHER));
    }

    private static SSLException caused(String message, Exception cause) {
        SSLException failure = new SSLHandshakeException(message);
        failure.initCause(cause);
        return failure;
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void tlsFailuresAreDistinguished(SSLException failure, TlsFailure expected) {
        assertEquals(Optional.of(expected), TlsFailure.of(new IOException(failure)));
        assertEquals(Optional.empty(), NetworkFailure.of(new IOException(failure)));
        String words = expected.words(new IOException(failure), "trust it");
        assertTrue(words.startsWith(expected.problem() + " (TLS: " + failure.getMessage() + ")"), words);
        assertEquals(expected == TlsFailure.UNTRUSTED, words.endsWith(": trust it"), words);
    }

    static Stream<Arguments> disks() {
        return Stream.of(
                arguments(new IOException("No space left on device"), DiskFailure.FULL),
                arguments(new FileSystemException("f", null, "Disk quota exceeded"), DiskFailure.QUOTA),
                arguments(new FileSystemException("f", null, "Read-only file system"), DiskFailure.READ_ONLY),
                arguments(new AccessDeniedException("f"), DiskFailure.NO_PERMISSION),
                arguments(new FileSystemException("f", null, "Too many open files"), DiskFailure.TOO_MANY_FILES),
                arguments(new SocketException("Too many open files"), DiskFailure.TOO_MANY_FILES),
                arguments(sqlite(SQLiteErrorCode.SQLITE_FULL), DiskFailure.FULL),
                arguments(sqlite(SQLiteErrorCode.SQLITE_READONLY), DiskFailure.READ_ONLY),
                arguments(sqlite(SQLiteErrorCode.SQLITE_IOERR_WRITE), DiskFailure.BROKEN));
    }

    /** With the message of the driver. */
    private static SQLException sqlite(SQLiteErrorCode code) {
        return new SQLiteException("[" + code.name() + "] " + code.message, code);
    }

    @ParameterizedTest
    @MethodSource("disks")
    void diskFailuresAreDistinguished(Exception failure, DiskFailure expected) {
        assertEquals(Optional.of(expected), DiskFailure.of(new IllegalStateException(failure)));
        assertEquals(expected.words(), Reason.ofRoot(failure));
    }

    @Test
    void realFileFailuresAreRecognised() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertDisk(DiskFailure.MISSING, () -> Files.readString(directory.resolve("none")));
        assertDisk(
                DiskFailure.MISSING,
                () -> new FileInputStream(directory.resolve("none").toFile()));
        assertDisk(DiskFailure.FOLDER, () -> Files.readString(directory));
        assertDisk(DiskFailure.NOT_A_FOLDER, () -> Files.readString(file.resolve("under")));
    }

    private static void assertDisk(DiskFailure expected, Executable attempt) {
        try {
            attempt.execute();
        } catch (Throwable e) {
            assertEquals(Optional.of(expected), DiskFailure.of(e), e::toString);
            return;
        }
        throw new AssertionError("it did not fail");
    }

    @Test
    void aServersMessageAboutPermissionsIsNoDiskFailure() {
        assertEquals(Optional.empty(), DiskFailure.of(new IllegalStateException("permission denied for user pi")));
    }

    @Test
    void aCycleOfCausesEnds() {
        Exception outer = new IllegalStateException("outer");
        Exception inner = new IllegalStateException("inner", outer);
        outer.initCause(inner);
        assertEquals(inner, Causes.root(outer));
        assertEquals("outer: inner", Reason.of(outer));
    }
}
