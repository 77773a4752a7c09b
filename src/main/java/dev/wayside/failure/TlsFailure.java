package dev.wayside.failure;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why a TLS handshake fails. The words are the predicate of a sentence whose subject is the other side, like those of
 * {@link NetworkFailure}, followed by the message of Java's TLS in parentheses.
 */
public enum TlsFailure {
    /** Its certificate is not valid yet. */
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
            "has a certificate that is not signed by a trusted CA",
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
            "use a name that is in the certificate, or a certificate for this name",
            "no subject alternative",
            "no name matching",
            "doesn't match any of the subject alternative",
            "not verified"),
    /** It requires a client certificate, and there is none. */
    CERTIFICATE_WANTED(
            "requires a client certificate", "set a certificate file and its key file", "certificate_required"),
    /** It does not trust the CA of this client's certificate. */
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
    /** It rejects this client's certificate, or requires one. */
    OWN_CERTIFICATE_REFUSED(
            "does not accept the certificate of this client, or requires one",
            "check the certificate file and the key file",
            "bad_certificate",
            "certificate_unknown",
            "unsupported_certificate",
            "access_denied"),
    /** It does not support the protocol on that port. */
    OTHER_PROTOCOL(
            "does not support the requested protocol (ALPN)", "check the port", "no_application_protocol", "(alpn)"),
    /** It does not speak TLS. */
    NO_TLS(
            "does not speak TLS on this port",
            "check the port, or use the scheme without TLS",
            "unrecognized ssl message",
            "unsupported or unrecognized",
            "not an ssl/tls record",
            "plaintext connection"),
    /** They have no version or cipher in common. */
    NOTHING_IN_COMMON(
            "supports no TLS version or cipher of this client",
            "TLS 1.2 or 1.3 is needed",
            "protocol_version",
            "no appropriate protocol",
            "insufficient_security"),
    /** Anything else. */
    OTHER(
            "does not complete the TLS handshake",
            "check whether it requires a client certificate, and which TLS versions it supports");

    private final String problem;
    private final String advice;
    private final List<String> signs;

    TlsFailure(String problem, String advice, String... signs) {
        this.problem = problem;
        this.advice = advice;
        this.signs = List.of(signs);
    }

    /**
     * The outermost TLS failure in a chain of causes.
     *
     * @return empty if there is none, or if the network failed below TLS
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

    /** The messages of the failure and its causes, with some class names, which say what a message can omit. */
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

    /** The predicate without the message of Java's TLS. */
    public String problem() {
        return problem;
    }

    /**
     * The predicate with the message of Java's TLS and advice.
     *
     * @param failure in which this was found
     * @param trust advice in case the other side's certificate is not trusted
     */
    public String words(Throwable failure, String trust) {
        String said = Causes.first(failure, SSLException.class)
                .map(Throwable::getMessage)
                .map(Reason::line)
                .orElse("no details");
        String todo = this == UNTRUSTED ? trust : advice;
        return problem + " (TLS: " + said + ")" + (todo.isEmpty() ? "" : ": " + todo);
    }
}
