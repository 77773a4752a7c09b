package dev.wayside.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A route beside the others that makes events of the real form, 25 a second for each of two cameras, gives them to the
 * journal and notes each one after it was accepted. A file put into {@code fresh/} is one event more.
 */
final class Injector {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Not the real camera's name: the few events that it makes must not be taken for these. */
    private static final List<String> CAMERAS = List.of("north", "south");

    private static final String FRESH = "fresh";
    /** Its counts are no whole numbers, which InfluxDB's sink must refuse and all others take. */
    private static final String ODD = "odd";

    private static final String EVENT =
            """
            {"schema":"wayside.event/1","id":"%1$s/%2$s/${uuid(random)}","device":"%1$s","camera":"%2$s",
            "time":"${date-with-timezone:now:UTC:yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}",
            "sequence":${exchangeProperty.CamelTimerCounter},"model":"none",
            "frame":{"width":640,"height":480},"inference_ms":1.5,"count":{"car":%3$s,"person":2},"objects":[]}
            """;
    private static final String CAMERA =
            """
            - route:
                id: injector-%2$s
                from:
                  uri: timer:injector-%2$s
                  parameters: {period: 40, delay: 0, fixedRate: true, repeatCount: %3$d, includeMetadata: true}
                  steps:
                    - setBody: {simple: '%4$s'}
                    - unmarshal: {json: {}}
                    - to: direct:inject
            """;
    private static final String ACCEPT =
            """
            - route:
                id: injector-fresh
                from:
                  uri: file:fresh
                  parameters: {delay: 100, initialDelay: 0, delete: true}
                  steps:
                    - unmarshal: {json: {}}
                    - to: direct:inject
            - route:
                id: inject
                from:
                  uri: direct:inject
                  steps:
                    - to: kamelet:wayside-flatten-action
                    - setVariable: {name: flat, simple: "${body}"}
                    - to: kamelet:wayside-journal-sink
                    - setBody: {variable: flat}
                    - setHeader: {name: CamelFileName, simple: "${body[camera]}.txt"}
                    - marshal: {json: {}}
                    - setBody: {simple: {expression: "\\n${body}", trim: false}}
                    - to: file:accepted?fileExist=Append
            """;

    private final Path directory;
    private final String device;

    /**
     * Prepares one; {@link #prepare} says how many events it makes.
     *
     * @param directory of the process
     */
    Injector(Path directory, String device) {
        this.directory = directory;
        this.device = device;
    }

    /**
     * Writes the routes for the starts of the process to come; one that runs goes on as it was told.
     *
     * @param refused whether a third camera makes events that InfluxDB refuses
     */
    void prepare(int eventsPerCamera, boolean refused) {
        StringBuilder routes = new StringBuilder(ACCEPT);
        CAMERAS.forEach(camera -> routes.append(camera(camera, "1", eventsPerCamera)));
        if (refused) {
            routes.append(camera(ODD, "1.5", eventsPerCamera));
        }
        try {
            Files.writeString(directory.resolve("routes/injector.yaml"), routes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String camera(String camera, String cars, int events) {
        String event = EVENT.formatted(device, camera, cars).replace("\n", "").replace("'", "''");
        return CAMERA.formatted(device, camera, events, event);
    }

    /** Whether InfluxDB must refuse this event. */
    static boolean isRefused(JsonNode event) {
        return event.get("camera").asText().equals(ODD);
    }

    /**
     * What was noted as accepted. A line without its end is being written, or its writer was killed: that event is not
     * noted, and nobody owes it.
     */
    List<JsonNode> accepted() {
        List<JsonNode> accepted = new ArrayList<>();
        for (String camera : List.of("north", "south", ODD, FRESH)) {
            try {
                for (String line : Files.readAllLines(directory.resolve("accepted/" + camera + ".txt"))) {
                    if (line.endsWith("}")) {
                        accepted.add(JSON.readTree(line));
                    }
                }
            } catch (NoSuchFileException e) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return accepted;
    }

    /** Whether this is the event of {@link #sendFresh()}. */
    static boolean isFresh(JsonNode event) {
        return event.get("camera").asText().equals(FRESH);
    }

    /** Sends one more event. */
    void sendFresh() {
        String event = EVENT.formatted(device, FRESH, "1")
                .replace("${uuid(random)}", "1")
                .replaceAll("\\$\\{date[^}]*}", "2026-11-24T10:15:30.123Z")
                .replaceAll("\\$\\{exchangeProperty[^}]*}", "1");
        try {
            Path whole = Files.writeString(directory.resolve("fresh.json"), event);
            Files.move(whole, directory.resolve("fresh/fresh.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
