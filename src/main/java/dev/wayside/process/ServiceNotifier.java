package dev.wayside.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the service has started, that it is alive, and that it stops, as in {@code sd_notify(3)}. Without
 * systemd it does nothing.
 */
public final class ServiceNotifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServiceNotifier.class);

    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_MICROSECONDS = "WATCHDOG_USEC";
    private static final String WATCHDOG_PROCESS = "WATCHDOG_PID";

    private final Optional<NotifySocket> socket;
    private final Optional<Duration> watchdog;
    private ScheduledExecutorService alive;
    private boolean warned;

    /**
     * Takes the socket and the watchdog's interval from where systemd puts them.
     *
     * @param environment the variables of this process
     */
    public ServiceNotifier(Map<String, String> environment) {
        socket = Optional.ofNullable(environment.get(SOCKET)).map(NotifySocket::new);
        watchdog = Optional.ofNullable(environment.get(WATCHDOG_MICROSECONDS))
                .filter(micros -> ownWatchdog(environment.get(WATCHDOG_PROCESS)))
                .map(micros -> Duration.ofNanos(Long.parseLong(micros) * 1000));
    }

    /** The variables are inherited by child processes, which they do not concern. */
    private static boolean ownWatchdog(String process) {
        return process == null
                || process.equals(String.valueOf(ProcessHandle.current().pid()));
    }

    /**
     * Tells that the start is complete. From now on, systemd is told twice per watchdog interval that the service is alive,
     * but only while it is: otherwise systemd restarts it.
     *
     * @param live whether no restart is needed; called on a thread of this notifier
     */
    public synchronized void started(BooleanSupplier live) {
        send("READY=1");
        if (socket.isEmpty() || watchdog.isEmpty()) {
            return;
        }
        alive = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "systemd-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        long half = watchdog.get().toNanos() / 2;
        alive.scheduleAtFixedRate(() -> report(live), 0, half, TimeUnit.NANOSECONDS);
    }

    private void report(BooleanSupplier live) {
        try {
            if (live.getAsBoolean()) {
                send("WATCHDOG=1");
            } else {
                log.error("Wayside needs a restart (/health/live says why), which systemd is left to do");
            }
        } catch (RuntimeException e) {
            // The executor would end the reports without a word.
            log.error("Whether Wayside is alive is unknown, so systemd is not told that it is: {}", e.toString());
        }
    }

    private void send(String state) {
        socket.ifPresent(to -> {
            try {
                to.send(state);
            } catch (IOException e) {
                if (!warned) {
                    warned = true;
                    log.warn("systemd cannot be told {}: {}", state, e.getMessage());
                }
            }
        });
    }

    /** Tells that the service stops. */
    @Override
    public synchronized void close() {
        if (alive != null) {
            alive.shutdownNow();
        }
        send("STOPPING=1");
    }
}
