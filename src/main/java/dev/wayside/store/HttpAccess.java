package dev.wayside.store;

import dev.wayside.config.ServerUrl;
import dev.wayside.failure.HttpFailure;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.NetworkFailure;
import dev.wayside.failure.Reason;
import dev.wayside.net.Secret;
import dev.wayside.net.Tls;
import java.time.Duration;
import java.util.List;
import nl.altindag.ssl.SSLFactory;

/** Where a store is and how one is let in; an empty text means "not set". */
public final class HttpAccess {
    private final ServerUrl url;
    private final String product;
    private Tls tls = Tls.DEFAULT;
    private Secret password = Secret.NONE;
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

    private static ServerUrl parse(String product, String url) {
        try {
            return ServerUrl.parse(url, ServerUrl.Kind.STORE, "the user name and the password by themselves");
        } catch (InvalidInputException e) {
            throw new InvalidInputException("The URL of " + product + " " + e.getMessage() + ".");
        }
    }

    public void setCaFile(String file) {
        tls = tls.withCaFile(file);
    }

    public void setUsername(String name) {
        username = name;
    }

    public void setPassword(String secret) {
        password = password.withText(secret);
    }

    public void setPasswordFile(String file) {
        password = password.withFile(file);
    }

    public void setTimeout(Duration longest) {
        timeout = longest;
    }

    /** Scheme, host and port. */
    public ServerUrl url() {
        return url;
    }

    public boolean isTls() {
        return url.scheme().equals("https");
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
        return password.read();
    }

    /**
     * TLS that trusts the CA file, or the JDK's CA certificates when there is none.
     *
     * @throws InvalidInputException if the file is missing or holds something else; the message says which
     */
    public SSLFactory tls() {
        return tls.factory();
    }

    /** An answer that is no good, as a sentence about this store. */
    public StoreUnavailableException unavailable(String why, Throwable cause) {
        return new StoreUnavailableException(product + " at " + url + " " + why, cause);
    }

    /** An answer with a status that no store gives to say "done", as a sentence with the server's own words. */
    public StoreUnavailableException answered(int status, String said, Throwable cause) {
        boolean known = status < 400 || ofItsOwn(status);
        String problem = known ? HttpFailure.words(status) : "cannot take events now (" + status + ")";
        return unavailable(problem + (said.isEmpty() ? "" : ": " + said), cause);
    }

    /** Whether the status alone says what is wrong; of any other only the words do. */
    private static boolean ofItsOwn(int status) {
        return List.of(401, 403, 407, 413, 429).contains(status);
    }

    /** No answer at all, as a sentence about this store. */
    public StoreUnavailableException unreachable(Throwable failure) {
        return unavailable(words(failure), failure);
    }

    private String words(Throwable failure) {
        if (NetworkFailure.of(failure).filter(NetworkFailure.TIMED_OUT::equals).isPresent()) {
            return NetworkFailure.timedOut(timeout);
        }
        return Reason.ofConnection(failure, tls.trustAdvice())
                .orElseGet(() -> "cannot be talked to: " + Reason.ofRoot(failure));
    }
}
