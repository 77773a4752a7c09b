package dev.wayside.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceNotifierTest {
    private final AtomicBoolean live = new AtomicBoolean(true);

    @TempDir
    Path directory;

    @Test
    void tellsTheStartAndTheStop() throws Exception {
        String socket = directory.resolve("notify").toString();
        try (NotifyReceiver systemd = new NotifyReceiver(socket)) {
            ServiceNotifier notifier = new ServiceNotifier(Map.of("NOTIFY_SOCKET", socket));
            notifier.started(live::get);
            notifier.close();
            assertEquals("READY=1", systemd.next());
            assertEquals("STOPPING=1", systemd.next());
        }
    }

    @Test
    void feedsTheWatchdogOnlyWhileNoRestartIsNeeded() throws Exception {
        String socket = "@wayside-test-" + ProcessHandle.current().pid();
        try (NotifyReceiver systemd = new NotifyReceiver(socket);
                ServiceNotifier notifier =
                        notifier(socket, ProcessHandle.current().pid())) {
            notifier.started(live::get);
            assertEquals(List.of("READY=1", "WATCHDOG=1", "WATCHDOG=1"), systemd.next(3));
            live.set(false);
            await().until(() -> systemd.silentFor(200));
            live.set(true);
            assertEquals("WATCHDOG=1", systemd.next());
        }
    }

    @Test
    void leavesTheWatchdogOfAnotherProcessAlone() throws Exception {
        String socket = directory.resolve("notify").toString();
        try (NotifyReceiver systemd = new NotifyReceiver(socket)) {
            ServiceNotifier notifier = notifier(socket, 1);
            notifier.started(live::get);
            notifier.close();
            assertEquals(List.of("READY=1", "STOPPING=1"), systemd.next(2));
        }
    }

    @Test
    void startsWithoutSystemdAndWithOneThatIsGone() {
        for (Map<String, String> environment : List.of(
                Map.<String, String>of(),
                Map.of("NOTIFY_SOCKET", directory.resolve("gone").toString()))) {
            try (ServiceNotifier notifier = new ServiceNotifier(environment)) {
                notifier.started(live::get);
            }
        }
    }

    private static ServiceNotifier notifier(String socket, long watched) {
        return new ServiceNotifier(
                Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "40000", "WATCHDOG_PID", String.valueOf(watched)));
    }
}
