package dev.wayside.doctor;

import dev.wayside.config.ServerUrl;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.net.Handshake;
import dev.wayside.net.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;

/** How far a server can be reached: TCP, then TLS with the dates of all certificates. */
final class ServerCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofDays(30);

    private final String sink;
    private final ServerUrl url;
    private final Tls tls;
    private final String alpn;
    private final Clock clock;

    /**
     * Prepares the check of one server.
     *
     * @param sink the first word of the names of its findings
     * @param tls the files for a server with TLS
     * @param alpn the protocol to request with ALPN; empty for none
     */
    ServerCheck(String sink, ServerUrl url, Tls tls, String alpn, Clock clock) {
        this.sink = sink;
        this.url = url;
        this.tls = tls;
        this.alpn = alpn;
        this.clock = clock;
    }

    /**
     * Checks TCP and TLS.
     *
     * @return whether it is worth to go on and log in
     */
    boolean passes(Findings findings) {
        return answers(findings) && (!isTls() || isTrusted(findings));
    }

    private boolean isTls() {
        return List.of("ssl", "wss", "https").contains(url.scheme());
    }

    private String host() {
        return url.host().replaceAll("[\\[\\]]", "");
    }

    private boolean answers(Findings findings) {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), url.port()), (int) TIMEOUT.toMillis());
            findings.ok(
                    sink + " network",
                    url + " accepts connections, after " + (System.nanoTime() - start) / 1_000_000 + " ms");
            return true;
        } catch (IOException e) {
            findings.problem(
                    sink + " network",
                    url + " " + Reason.ofConnection(e, "").orElseGet(() -> "cannot be reached: " + Reason.ofRoot(e)));
            return false;
        }
    }

    private boolean isTrusted(Findings findings) {
        String check = sink + " certificate";
        Handshake handshake;
        try {
            own(findings);
            handshake = Handshake.with(tls, host(), url.port(), alpn, TIMEOUT);
        } catch (InvalidInputException e) {
            findings.problem(check, e.getMessage());
            return false;
        }
        if (handshake.failure().isPresent()) {
            IOException why = handshake.failure().get();
            findings.problem(
                    check,
                    url + " "
                            + Reason.ofConnection(why, tls.trustAdvice())
                                    .orElseGet(() -> "does not shake hands: " + Reason.ofRoot(why))
                            + (why instanceof SSLException ? shown(handshake.chain()) : ""));
            return false;
        }
        X509Certificate server = handshake.chain().get(0);
        String words = handshake.protocol() + ", " + name(server) + " signed by "
                + server.getIssuerX500Principal().getName();
        dates(check, words, handshake.chain(), findings);
        return true;
    }

    private String shown(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return "";
        }
        X509Certificate server = chain.get(0);
        return ". It showed " + name(server) + ", signed by "
                + server.getIssuerX500Principal().getName() + ", valid from "
                + server.getNotBefore().toInstant() + " to "
                + server.getNotAfter().toInstant()
                + "; the clock of this machine says " + clock.instant();
    }

    /** A client certificate that expires stops the connection, too. */
    private void own(Findings findings) {
        List<X509Certificate> own = tls.certificates();
        if (!own.isEmpty()) {
            dates(sink + " own certificate", name(own.get(0)), own, findings);
        }
    }

    private void dates(String check, String words, List<X509Certificate> chain, Findings findings) {
        Instant now = clock.instant();
        X509Certificate first = chain.stream()
                .min((one, other) -> one.getNotAfter().compareTo(other.getNotAfter()))
                .orElseThrow();
        Instant end = first.getNotAfter().toInstant();
        long days = Duration.between(now, end).toDays();
        String expiry = (first.equals(chain.get(0)) ? "it" : name(first)) + " expires ";
        if (end.isBefore(now)) {
            findings.problem(
                    check,
                    words + ": " + expiry.replace("expires", "expired") + "on " + end + ": renew it, or check the clock"
                            + " of this machine, which says " + now);
        } else if (end.isBefore(now.plus(SOON))) {
            findings.warning(
                    check,
                    words + ": " + expiry + "in " + days + (days == 1 ? " day" : " days") + " (" + end + "): renew it");
        } else {
            findings.ok(check, words + ", valid for " + days + " days");
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
