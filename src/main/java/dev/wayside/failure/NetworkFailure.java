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
 * What keeps this machine from talking to another one, below TLS. The words are the predicate of a sentence whose subject
 * is the other side: "the broker", "InfluxDB at http://localhost:8086".
 */
public enum NetworkFailure {
    /** The name does not resolve. */
    UNKNOWN_HOST("cannot be found (unknown host): check the name, and whether this machine resolves names"),
    /** Nothing listens there. */
    REFUSED("refuses the connection: check that it runs, and that host and port are right"),
    /** No way there; most often to a machine that is off, or from one without a network. */
    UNREACHABLE("cannot be reached: check the address, and the network of both machines"),
    /** Neither a yes nor a no. */
    TIMED_OUT("did not answer in time" + Advice.TO_THE_SILENT),
    /** A connection that was there has ended. */
    CLOSED("closed the connection");

    /** Words of the operating system, the JDK and the HTTP clients. */
    private static final List<String> WORDS_OF_THE_END =
            List.of("reset", "broken pipe", "closed", "end of stream", "failed to respond");

    private static final class Advice {
        static final String TO_THE_SILENT = ": check the network, the address and the port";
    }

    private final String words;

    NetworkFailure(String words) {
        this.words = words;
    }

    /** What it means, with advice where there is any. */
    public String words() {
        return words;
    }

    /** {@link #TIMED_OUT} where it is known how long was waited. */
    public static String timedOut(Duration limit) {
        return "did not answer within " + limit.toSeconds() + " s" + Advice.TO_THE_SILENT;
    }

    /**
     * The outermost failure of the network in a chain of causes.
     *
     * @return empty when there is none, or when TLS has failed, see {@link TlsFailure}
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

    /** TLS may only pass on that the connection ended; an alert of its own speaks of other things. */
    private static boolean isTheEnd(Throwable cause, String said) {
        boolean ofTheNetwork = cause instanceof SocketException
                || cause instanceof SSLException
                || cause.getClass() == IOException.class
                || cause.getClass().getName().startsWith("org.apache.http");
        return ofTheNetwork && WORDS_OF_THE_END.stream().anyMatch(said::contains);
    }
}
