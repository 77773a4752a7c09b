package dev.wayside.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits how often passwords can be tried: each client a few times at once and then slowly, and all of them together. The
 * total also limits the CPU time that strangers can use.
 *
 * <p>A client that waits may try again. A client that has logged in before does not count towards the total, so that an
 * attack from elsewhere does not keep it out. For the same reason, clients that have not tried lately have a second total of
 * their own. Thread-safe.
 */
final class LoginLimit {
    private static final int AT_ONCE = 5;
    private static final Duration PER_CLIENT = Duration.ofSeconds(10);
    private static final int ALL_AT_ONCE = 20;
    private static final Duration FOR_ALL = Duration.ofSeconds(5);

    /** Strangers choose how many addresses they use; those that tried longest ago are forgotten. */
    private static final int MOST_CLIENTS = 1000;

    private static final int IPV6_NETWORK_BYTES = 8;

    private final LongSupplier nanoTime;
    private final Allowance all;
    private final Allowance newcomers;
    private final Map<String, Allowance> clients = remembered(MOST_CLIENTS);
    private final Map<String, Boolean> known = remembered(MOST_CLIENTS);

    /**
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    LoginLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.all = new Allowance(ALL_AT_ONCE, FOR_ALL, nanoTime.getAsLong());
        this.newcomers = new Allowance(AT_ONCE, FOR_ALL, nanoTime.getAsLong());
    }

    private static <T> Map<String, T> remembered(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Counts an attempt.
     *
     * @return zero if the client may try now, otherwise how long it must wait; then the attempt does not count
     */
    synchronized Duration attempt(InetAddress client) {
        long now = nanoTime.getAsLong();
        String name = name(client);
        Allowance own = clients.computeIfAbsent(name, first -> new Allowance(AT_ONCE, PER_CLIENT, now));
        Duration wait = own.untilNext(now);
        if (known.containsKey(name)) {
            return own.take(wait);
        }
        Allowance total = own.isFull() && !all.untilNext(now).isZero() ? newcomers : all;
        Duration totalWait = total.untilNext(now);
        wait = totalWait.compareTo(wait) > 0 ? totalWait : wait;
        total.take(wait);
        return own.take(wait);
    }

    /** The client's attempt was right: it does not count, and the client is known from now on. */
    synchronized void succeeded(InetAddress client) {
        String name = name(client);
        clients.remove(name);
        if (known.put(name, true) == null) {
            all.giveBack();
        }
    }

    /** One user of IPv6 has a whole network of addresses. */
    private static String name(InetAddress client) {
        byte[] address = client.getAddress();
        return HexFormat.of()
                .formatHex(client instanceof Inet6Address ? Arrays.copyOf(address, IPV6_NETWORK_BYTES) : address);
    }

    /** A token bucket: so many attempts at once, and another one after each period. */
    private static final class Allowance {
        private final int most;
        private final long period;
        private double left;
        private long counted;

        Allowance(int most, Duration period, long now) {
            this.most = most;
            this.period = period.toNanos();
            this.left = most;
            this.counted = now;
        }

        Duration untilNext(long now) {
            left = Math.min(most, left + (double) (now - counted) / period);
            counted = now;
            return left >= 1 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - left) * period));
        }

        /** Whether the last attempt was long ago. Valid after {@link #untilNext}. */
        boolean isFull() {
            return left >= most;
        }

        /** Counts the attempt if it may be made without waiting; returns the wait. */
        Duration take(Duration wait) {
            if (wait.isZero()) {
                left--;
            }
            return wait;
        }

        void giveBack() {
            left = Math.min(most, left + 1);
        }
    }
}
