package dev.wayside.failure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Why a connection fails, below TLS. The words are the predicate of a sentence whose subject is the other side: "the
 * broker", "InfluxDB at http://localhost:8086".
 */
public enum NetworkFailure {
    /** The name does not resolve. */
    UNKNOWN_HOST("cannot be found (unknown host): check the name, and whether this machine resolves names"),
    /** Nothing listens on that port. */
    REFUSED("refuses the connection: check that it runs, and that host and port are right"),
    /** No route to the host; usually it is switched off, or this machine has no network. */
    UNREACHABLE("cannot be reached: check the address, and the network of both machines"),
    /** No answer. */
    TIMED_OUT("did not answer in time" + Advice.NO_ANSWER),
    /** An established connection has ended. */
    CLOSED("closed the connection");

    /** How the operating system, the JDK and HTTP clients report the end of a connection. */
    private static final List<String> SIGNS_OF_THE_END =
            List.of("reset", "broken pipe", "closed", "end of stream", "failed to respond");

    private static final class Advice {
        static final String NO_ANSWER = ": check the network, the address and the port";
    }

    private final String words;

    NetworkFailure(String words) {
        this.words = words;
    }

    /** The predicate, with advice if there is any. */
    public String words() {
        return words;
    }

    /** {@link #TIMED_OUT} with the timeout. */
    public static String timedOut(Duration limit) {
        return "did not answer within " + limit.toSeconds() + " s" + Advice.NO_ANSWER;
    }

    /**
     * The outermost network failure in a chain of causes.
     *
     * @return empty if there is none, or if TLS failed, see {@link TlsFailure}
     */
    public static Optional<NetworkFailure> of(Throwable failure) {
        for (Throwable cause : Causes.of(failure)) {
            Optional<NetworkFailure> found = ofOne(cause);
            if (found.isPresent() || cause instanceof SSLException) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<NetworkFailure> ofOne(Throwable cause) {
        String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean socket = cause instanceof SocketException;
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return Optional.of(UNKNOWN_HOST);
        }
        if (cause instanceof InterruptedIOException
                || cause instanceof TimeoutException
                || socket && said.contains("timed out")) {
            return Optional.of(TIMED_OUT);
        }
        if (cause instanceof NoRouteToHostException || socket && said.contains("unreachable")) {
            return Optional.of(UNREACHABLE);
        }
        if (cause instanceof ConnectException || cause instanceof PortUnreachableException) {
            return Optional.of(REFUSED);
        }
        if (cause instanceof EOFException || cause instanceof ClosedChannelException || isTheEnd(cause, said)) {
            return Optional.of(CLOSED);
        }
        return Optional.empty();
    }

    /** An exception of TLS can also report the end of the connection; a TLS alert has other words. */
    private static boolean isTheEnd(Throwable cause, String said) {
        boolean ofTheNetwork = cause instanceof SocketException
                || cause instanceof SSLException
                || cause.getClass() == IOException.class
                || cause.getClass().getName().startsWith("org.apache.http");
        return ofTheNetwork && SIGNS_OF_THE_END.stream().anyMatch(said::contains);
    }
}
