package dev.wayside.access;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords, one at a time and at the lowest priority, because hashing takes the CPU time of many frames. The last
 * right one is remembered as a keyed hash in memory, so that programs that send it with each request cost nothing more.
 */
final class PasswordCheck implements AutoCloseable {
    /** There is one user. The name is for programs that need one. */
    static final String USER = "wayside";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST_QUEUE = 8;

    private final LoginLimit limit;
    private final SecretKeySpec key;
    private final ThreadPoolExecutor hashing;

    private final Map<String, CompletableFuture<Boolean>> checking = new HashMap<>();
    private volatile PagePassword password;
    private volatile byte[] lastRight = new byte[0];

    PasswordCheck(LoginLimit limit, SecureRandom random) {
        this.limit = limit;
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
        hashing = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE), PasswordCheck::thread);
        hashing.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "password");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** Asks for this password from now on; null for none. */
    synchronized void require(PagePassword required) {
        password = required;
        lastRight = new byte[0];
    }

    /** Asks for this password from now on, unless it already does so. */
    boolean replace(PagePassword other) {
        boolean changes = !other.isSame(password);
        if (changes) {
            require(other);
        }
        return changes;
    }

    boolean isRequired() {
        return password != null;
    }

    /** For Vert.x' authentication handlers: checks what this client sends. */
    AuthenticationProvider of(InetAddress client, Vertx vertx) {
        return new Attempt(client, vertx.getOrCreateContext());
    }

    private final class Attempt implements AuthenticationProvider {
        private final InetAddress client;
        private final Context loop;

        Attempt(InetAddress client, Context loop) {
            this.client = client;
            this.loop = loop;
        }

        @Override
        @SuppressWarnings("deprecation")
        public void authenticate(JsonObject credentials, Handler<AsyncResult<User>> result) {
            authenticate(new UsernamePasswordCredentials(credentials), result);
        }

        @Override
        public void authenticate(Credentials credentials, Handler<AsyncResult<User>> result) {
            UsernamePasswordCredentials given = (UsernamePasswordCredentials) credentials;
            String attempt = given.getPassword() == null ? "" : given.getPassword();
            byte[] digest = digest(given.getUsername() + ":" + attempt);
            if (MessageDigest.isEqual(digest, lastRight)) {
                result.handle(Future.succeededFuture(User.fromName(USER)));
                return;
            }
            check(client, USER.equals(given.getUsername()), attempt, digest)
                    .whenComplete((right, refused) -> loop.runOnContext(checked -> result.handle(
                            refused != null
                                    ? Future.failedFuture(refused)
                                    : right
                                            ? Future.succeededFuture(User.fromName(USER))
                                            : Future.failedFuture("wrong password"))));
        }
    }

    /**
     * Hashes an attempt, unless the same one is being hashed already: a program can send many requests at once.
     *
     * @return whether the attempt is right, or a {@link TooManyAttemptsException}
     */
    private synchronized CompletableFuture<Boolean> check(
            InetAddress client, boolean named, String attempt, byte[] digest) {
        String key = HexFormat.of().formatHex(digest);
        CompletableFuture<Boolean> same = checking.get(key);
        if (same != null) {
            return same;
        }
        Duration wait = limit.attempt(client);
        if (!wait.isZero()) {
            return CompletableFuture.failedFuture(new TooManyAttemptsException(wait));
        }
        PagePassword required = password;
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        try {
            hashing.execute(() -> {
                boolean right = named && required != null && required.check().test(attempt);
                outcome.complete(right && remember(client, required, digest));
                forget(key);
            });
            checking.put(key, outcome);
        } catch (RejectedExecutionException e) {
            outcome.completeExceptionally(new TooManyAttemptsException(Duration.ofSeconds(1)));
        }
        return outcome;
    }

    /** False if the password has been changed in the meantime. */
    private synchronized boolean remember(InetAddress client, PagePassword required, byte[] digest) {
        if (required != password) {
            return false;
        }
        limit.succeeded(client);
        lastRight = digest;
        return true;
    }

    private synchronized void forget(String key) {
        checking.remove(key);
    }

    private byte[] digest(String attempt) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(attempt.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public void close() {
        hashing.shutdownNow();
    }
}
