package dev.wayside.store;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/** Where a store is and how one is let in; an empty text means "not set". */
public final class HttpAccess {
    private final URI url;
    private final String product;
    private String caFile = "";
    private String password = "";
    private String passwordFile = "";
    private String username = "";
    private Duration timeout = Duration.ofSeconds(10);

    /**
     * Prepares the way to one store.
     *
     * @param product its name in messages
     * @param url {@code http://host:port} or {@code https://host:port}
     * @throws InvalidInputException if the url is something else
     */
    public HttpAccess(String product, String url) {
        this.product = product;
        this.url = parse(product, url);
    }

    private static URI parse(String product, String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
            if (http && bare && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through to the same answer; the parser's words would repeat a password that stands in the url.
        }
        throw new InvalidInputException("The URL of " + product
                + " must be http:// or https:// with a host and perhaps a port, such as http://localhost:8086, and no"
                + " path, user or password.");
    }

    public void setCaFile(String file) {
        caFile = file;
    }

    public void setUsername(String name) {
        username = name;
    }

    public void setPassword(String secret) {
        password = secret;
    }

    public void setPasswordFile(String file) {
        passwordFile = file;
    }

    public void setTimeout(Duration longest) {
        timeout = longest;
    }

    /** Scheme, host and port. */
    public URI url() {
        return url;
    }

    /** The port, the scheme's own when the url names none. */
    public int port() {
        return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
    }

    public boolean isTls() {
        return url.getScheme().equals("https");
    }

    public String username() {
        return username;
    }

    /** The longest wait for a connection, and for an answer. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * The password, from its file when there is one.
     *
     * @throws InvalidInputException if that file cannot be read; the message names it
     */
    public String password() {
        return passwordFile.isEmpty() ? password : TextFile.secret(Path.of(passwordFile));
    }

    /**
     * TLS that trusts the authorities in the CA file, or the JDK's when there is none.
     *
     * @throws InvalidInputException if the file is missing or holds something else; the message names it
     */
    public SSLFactory tls() {
        if (caFile.isEmpty()) {
            return SSLFactory.builder().withDefaultTrustMaterial().build();
        }
        try (InputStream pem = Files.newInputStream(Path.of(caFile))) {
            return SSLFactory.builder()
                    .withTrustMaterial(PemUtils.loadTrustMaterial(pem))
                    .build();
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + caFile + ": it must be a readable PEM file.", e);
        } catch (RuntimeException e) {
            throw new InvalidInputException(caFile + " holds no usable certificate in PEM form: " + e.getMessage(), e);
        }
    }

    /** An answer that is no good, as a sentence about this store. */
    public StoreUnavailableException unavailable(String why, Throwable cause) {
        return new StoreUnavailableException(product + " at " + url + " " + why, cause);
    }

    /** No answer at all, as a sentence about this store. */
    public StoreUnavailableException unreachable(Throwable failure) {
        return unavailable(words(failure), failure);
    }

    private String words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "is an unknown host: check the name, and whether names resolve on this machine.";
            }
            if (cause instanceof SSLException) {
                return "is not to be trusted, TLS failed: " + cause.getMessage() + ". "
                        + (caFile.isEmpty()
                                ? "Name the authority that signed its certificate as the CA file."
                                : "Is it the authority in " + caFile + " that signed its certificate?");
            }
            if (cause instanceof InterruptedIOException || cause instanceof TimeoutException) {
                return "did not answer within " + timeout.toSeconds() + " s.";
            }
            if (isUnreachable(cause)) {
                return "cannot be reached: " + cause.getMessage() + ". Is it on, and is this machine on the network?";
            }
            if (cause instanceof ConnectException) {
                return "refuses the connection: is it running, are host and port right?";
            }
        }
        String said = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return "broke the connection: " + said + ".";
    }

    /** No way there, as the operating system says it; most often to a host that is off, or from one without a network. */
    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof NoRouteToHostException
                || cause instanceof SocketException
                        && String.valueOf(cause.getMessage()).contains("unreachable");
    }
}
