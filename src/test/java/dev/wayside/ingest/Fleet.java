package dev.wayside.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.servers.Programs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many devices that publish events with QoS 1, by a real {@code mosquitto_pub}. */
final class Fleet {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final int DEVICES = 5;

    private final int port;
    private final int objects;
    private int published;

    /**
     * @param port of the broker on this machine
     * @param objects in each event
     */
    Fleet(int port, int objects) {
        this.port = port;
        this.objects = objects;
    }

    /** How many events the broker has acknowledged. */
    int published() {
        return published;
    }

    /** Publishes events, and returns when the broker has acknowledged all of them. */
    void publish(int events) {
        List<Process> publishers = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            publishers.add(publisher(device, events / DEVICES));
        }
        publishers.forEach(each -> assertEquals(0, each.onExit().join().exitValue(), "mosquitto_pub"));
        published += events;
    }

    private Process publisher(int device, int events) {
        String name = "pi-" + device;
        try {
            Process process = new ProcessBuilder(
                            Programs.require("mosquitto_pub", "mosquitto-clients")
                                    .toString(),
                            "-V",
                            "5",
                            "-p",
                            String.valueOf(port),
                            "-q",
                            "1",
                            "-t",
                            "wayside/" + name + "/front/event",
                            "-l")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedWriter lines = process.outputWriter()) {
                for (int i = 0; i < events; i++) {
                    lines.write(event(name, published + i));
                    lines.newLine();
                }
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String event(String device, int number) {
        String flat = IntStream.range(0, objects)
                .mapToObj(i -> (",\"objects_%1$d_label\":\"person\",\"objects_%1$d_score\":0.913,"
                                + "\"objects_%1$d_box_x\":0.1172,\"objects_%1$d_box_y\":0.2741,"
                                + "\"objects_%1$d_box_width\":0.0369,\"objects_%1$d_box_height\":0.1067")
                        .formatted(i))
                .collect(Collectors.joining());
        return "{\"schema\":\"wayside.event/1\",\"id\":\"%s/front/%d\",\"device\":\"%s\",\"camera\":\"front\",\"time\":\"%s\","
                        .formatted(device, number, device, START.plusMillis(10L * number))
                + "\"sequence\":%d,\"model\":\"ssdlite-mobilenet-v2-coco\",\"frame_width\":640,\"frame_height\":480,"
                        .formatted(number)
                + "\"inference_ms\":15.2,\"car_count\":2,\"person_count\":8" + flat + "}";
    }
}
