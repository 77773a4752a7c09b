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
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Programs that were not told of a new password are few. */
    private static final int MOST_WRONG = 100;

    private static final String GENERATION = "generation";

    private final LoginLimit limit;
    private final SecretKeySpec key;
    private final ThreadPoolExecutor hashing;

    private final Map<String, CompletableFuture<Optional<User>>> checking = new HashMap<>();
    private final Set<String> wrong = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_WRONG;
        }
    });
    private volatile PagePassword password;
    private volatile int generation;
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
        generation++;
        lastRight = new byte[0];
        wrong.clear();
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

    /** Whether a user has logged in with the present password. A session can outlive the one it began with. */
    boolean isCurrent(User user) {
        return user != null
                && Integer.valueOf(generation).equals(user.attributes().getInteger(GENERATION));
    }

    private static User user(int generation) {
        return User.create(new JsonObject().put("username", USER), new JsonObject().put(GENERATION, generation));
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
            remembered(digest)
                    .orElseGet(() -> check(client, USER.equals(given.getUsername()), attempt, digest))
                    .whenComplete((user, refused) -> loop.runOnContext(checked -> result.handle(
                            refused != null
                                    ? Future.failedFuture(refused)
                                    : user.map(Future::succeededFuture)
                                            .orElseGet(() -> Future.failedFuture("wrong password")))));
        }
    }

    /**
     * The outcome for what was checked before. A program that repeats a wrong password must not use up the attempts of the
     * people behind its address.
     */
    private synchronized Optional<CompletableFuture<Optional<User>>> remembered(byte[] digest) {
        if (MessageDigest.isEqual(digest, lastRight)) {
            return Optional.of(CompletableFuture.completedFuture(Optional.of(user(generation))));
        }
        return wrong.contains(text(digest))
                ? Optional.of(CompletableFuture.completedFuture(Optional.empty()))
                : Optional.empty();
    }

    /**
     * Hashes an attempt, unless the same one is being hashed already: a program can send many requests at once.
     *
     * @return the user if the attempt is right, empty if it is wrong, or a {@link TooManyAttemptsException}
     */
    private synchronized CompletableFuture<Optional<User>> check(
            InetAddress client, boolean named, String attempt, byte[] digest) {
        String key = text(digest);
        CompletableFuture<Optional<User>> same = checking.get(key);
        if (same != null) {
            return same;
        }
        if (hashing.getQueue().remainingCapacity() == 0) {
            return CompletableFuture.failedFuture(new TooManyAttemptsException(Duration.ofSeconds(1)));
        }
        Duration wait = limit.attempt(client);
        if (!wait.isZero()) {
            return CompletableFuture.failedFuture(new TooManyAttemptsException(wait));
        }
        PagePassword required = password;
        int asked = generation;
        CompletableFuture<Optional<User>> outcome = new CompletableFuture<>();
        try {
            hashing.execute(() -> {
                boolean right = named && required != null && required.check().test(attempt);
                remember(client, asked, digest, right);
                outcome.complete(right ? Optional.of(user(asked)) : Optional.empty());
            });
            checking.put(key, outcome);
        } catch (RejectedExecutionException e) {
            outcome.completeExceptionally(new TooManyAttemptsException(Duration.ofSeconds(1)));
        }
        return outcome;
    }

    private synchronized void remember(InetAddress client, int asked, byte[] digest, boolean right) {
        checking.remove(text(digest));
        if (asked != generation) {
            return;
        }
        if (right) {
            limit.succeeded(client);
            lastRight = digest;
        } else {
            wrong.add(text(digest));
        }
    }

    private static String text(byte[] digest) {
        return HexFormat.of().formatHex(digest);
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
