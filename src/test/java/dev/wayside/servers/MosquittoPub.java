package dev.wayside.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A real {@code mosquitto_pub}. */
public final class MosquittoPub {
    private MosquittoPub() {}

    /**
     * Publishes one message with QoS 1 and waits for its acknowledgement.
     *
     * @param payload as text
     * @param options where to, as mosquitto_pub has them
     */
    public static void publish(String payload, String... options) {
        List<String> command = new ArrayList<>(
                List.of(Programs.require("mosquitto_pub", "mosquitto-clients").toString(), "-q", "1", "-m", payload));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertEquals(0, process.onExit().join().exitValue(), "mosquitto_pub");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
