package dev.wayside.doctor;

import static dev.wayside.doctor.Finding.State.OK;
import static dev.wayside.doctor.Finding.State.PROBLEM;
import static dev.wayside.doctor.Finding.State.WARNING;

import com.sun.net.httpserver.HttpServer;
import dev.wayside.config.ServerUrl;
import dev.wayside.net.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's clock is that of this machine; the checked clock differs from it. */
class ClockCheckTest {
    @TempDir
    Path directory;

    @Test
    void aClockThatIsBehindAFileIsAProblem() throws Exception {
        Path file = Files.createFile(directory.resolve("wayside.jar"));
        Report.of(new ClockCheck(off(Duration.ofDays(-400)), List.of(file, directory.resolve("missing")), List.of()))
                .assertSays(PROBLEM, "clock", file + " was written at");
    }

    @Test
    void aClockIsComparedWithThatOfAServer() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ping", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            compared(Duration.ZERO, port).assertSays(OK, "clock", "as that of InfluxDB");
            compared(Duration.ofMinutes(1), port).assertSays(WARNING, "clock", "this clock is ahead by");
            compared(Duration.ofDays(-366), port).assertSays(PROBLEM, "clock", "this clock is behind by");
        } finally {
            server.stop(0);
        }
    }

    private static Report compared(Duration offset, int port) throws Exception {
        TimeServer server = new TimeServer("InfluxDB", new ServerUrl("http", "127.0.0.1", port, ""), Tls.DEFAULT);
        return Report.of(new ClockCheck(off(offset), List.of(), List.of(server)));
    }

    private static Clock off(Duration offset) {
        return Clock.offset(Clock.systemUTC(), offset);
    }
}
