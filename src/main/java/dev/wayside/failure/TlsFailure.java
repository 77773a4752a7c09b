package dev.wayside.failure;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why two sides do not agree on TLS. The words are the predicate of a sentence whose subject is the other side, as those
 * of {@link NetworkFailure}; what Java's TLS says itself stands in brackets behind them.
 */
public enum TlsFailure {
    /** Its certificate begins later. */
    NOT_YET_VALID(
            "has a certificate that is not valid yet",
            "check the clock of this machine",
            "certificatenotyetvalidexception"),
    /** Its certificate has expired. */
    EXPIRED(
            "has a certificate that has expired",
            "renew it, or check the clock of this machine",
            "certificateexpiredexception",
            "validity check failed"),
    /** No CA that this client trusts has signed its certificate. */
    UNTRUSTED(
            "has a certificate that no trusted CA has signed",
            "",
            "unable to find valid certification path",
            "path building failed",
            "path does not chain",
            "trust anchor",
            "path validation failed",
            "signature check failed"),
    /** Its certificate is for another name. */
    OTHER_HOST(
            "has a certificate for another host",
            "use a name that stands in the certificate, or a certificate for this name",
            "no subject alternative",
            "no name matching",
            "doesn't match any of the subject alternative",
            "not verified"),
    /** It wants a client certificate, and there is none. */
    CERTIFICATE_WANTED(
            "asks for a certificate of this client", "set a certificate file and its key file", "certificate_required"),
    /** It does not know who signed this client's certificate. */
    OWN_CERTIFICATE_UNTRUSTED(
            "does not trust the CA that signed the certificate of this client",
            "use a certificate that this server's CA has signed",
            "unknown_ca"),
    /** This client's certificate has expired. */
    OWN_CERTIFICATE_EXPIRED(
            "does not accept the certificate of this client, which has expired", "renew it", "certificate_expired"),
    /** This client's certificate was revoked. */
    OWN_CERTIFICATE_REVOKED(
            "does not accept the certificate of this client, which was revoked", "renew it", "certificate_revoked"),
    /** It does not want this client's certificate, or misses one. */
    OWN_CERTIFICATE_REFUSED(
            "does not accept the certificate of this client, or asks for one",
            "check the certificate file and the key file",
            "bad_certificate",
            "certificate_unknown",
            "unsupported_certificate",
            "access_denied"),
    /** It has another protocol on that port. */
    OTHER_PROTOCOL(
            "does not take the protocol that was asked for (ALPN)",
            "check the port",
            "no_application_protocol",
            "(alpn)"),
    /** It speaks something else than TLS. */
    NO_TLS(
            "does not speak TLS on this port",
            "check the port, or use the scheme without TLS",
            "unrecognized ssl message",
            "unsupported or unrecognized",
            "not an ssl/tls record",
            "plaintext connection"),
    /** They have no version or cipher in common. */
    NOTHING_IN_COMMON(
            "has no version of TLS, or no cipher, in common with this client",
            "TLS 1.2 or 1.3 is needed",
            "protocol_version",
            "no appropriate protocol",
            "insufficient_security"),
    /** Anything else. */
    OTHER(
            "does not complete the TLS handshake",
            "check whether it asks for a certificate of this client, and which versions of TLS it has");

    private final String problem;
    private final String advice;
    private final List<String> signs;

    TlsFailure(String problem, String advice, String... signs) {
        this.problem = problem;
        this.advice = advice;
        this.signs = List.of(signs);
    }

    /**
     * The outermost failure of TLS in a chain of causes.
     *
     * @return empty when there is none, or when the network failed below it
     */
    public static Optional<TlsFailure> of(Throwable failure) {
        if (NetworkFailure.of(failure).isPresent()) {
            return Optional.empty();
        }
        return Causes.first(failure, SSLException.class).map(tls -> {
            String said = said(tls).toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(each -> each.signs.stream().anyMatch(said::contains))
                    .findFirst()
                    .orElse(OTHER);
        });
    }

    /** What the failure of TLS and its causes say, for the classes name what a message may leave out. */
    private static String said(Throwable tls) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause : Causes.of(tls)) {
            boolean ofTheClock =
                    cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException;
            said.append(ofTheClock ? cause.getClass().getSimpleName() : "")
                    .append(cause.getMessage())
                    .append(' ');
        }
        return said.toString();
    }

    /** What it means without what Java's TLS says. */
    public String problem() {
        return problem;
    }

    /**
     * What it means, with Java's own words and advice.
     *
     * @param failure that this was found in
     * @param trust what to do when the other side's certificate is not trusted
     */
    public String words(Throwable failure, String trust) {
        String said = Causes.first(failure, SSLException.class)
                .map(Throwable::getMessage)
                .map(Reason::line)
                .orElse("no further words");
        String todo = this == UNTRUSTED ? trust : advice;
        return problem + " (TLS: " + said + ")" + (todo.isEmpty() ? "" : ": " + todo);
    }
}
