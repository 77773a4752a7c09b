package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.event.EventSchemas;
import dev.wayside.servers.Kafka;
import dev.wayside.servers.Programs;
import dev.wayside.servers.S3Server;
import dev.wayside.servers.WaysideCopy;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./wayside component} with real components of Camel from Maven, and the routes of docs/adding-a-sink.md that need
 * them. The tests are the steps of one story.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComponentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int EVENTS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static Path home;

    @BeforeAll
    static void copy() throws IOException {
        Programs.require("mvn", "maven");
        home = WaysideCopy.built(directory.resolve("home with spaces"));
    }

    @Test
    @Order(1)
    void addsComponentsWithOnlyWhatWaysideLacks() throws Exception {
        Outcome kafka = wayside("component", "add", "kafka");
        if (kafka.printed().contains("Maven cannot copy")) {
            Programs.missing(kafka.printed());
        }
        assertEquals(0, kafka.code(), kafka.printed());
        assertTrue(kafka.printed().contains("kafka 4.17.0 was added: "), kafka.printed());
        List<String> jars = files(home.resolve("lib/kafka"));
        assertTrue(jars.contains("org.apache.kafka.kafka-clients-3.9.1.jar"), jars::toString);
        assertFalse(jars.stream().anyMatch(jar -> jar.contains("slf4j") || jar.contains("camel-util")), jars::toString);
        Outcome s3 = wayside("component", "add", "camel-aws2-s3");
        assertEquals(0, s3.code(), s3.printed());
        assertEquals(List.of("aws2-s3", "kafka"), files(home.resolve("lib")));
    }

    @Test
    @Order(2)
    void addsNothingTwiceAndNothingThatWaysideHas() throws Exception {
        assertEquals(
                "kafka has been added before.\n",
                wayside("component", "add", "kafka").printed());
        assertEquals(
                "https is part of Wayside; it need not be added.\n",
                wayside("component", "add", "https").printed());
    }

    @Test
    @Order(2)
    void listsThemWithTheirVersions() throws Exception {
        String list = wayside("component", "list").printed();
        assertTrue(
                list.matches(
                        "aws2-s3 +4\\.17\\.0 +\\d+ libraries, \\d+ MB\nkafka +4\\.17\\.0 +\\d+ libraries, \\d+ MB\n"),
                list);
    }

    @Test
    @Order(2)
    void anUnknownComponentIsRefusedWithTheNearestName() throws Exception {
        Outcome unknown = wayside("component", "add", "kafak");
        assertEquals(2, unknown.code());
        assertEquals("wayside: Camel has no component 'kafak'. Did you mean kafka?\n", unknown.printed());
    }

    @Test
    @Order(3)
    void theKafkaExampleDeliversEveryEventInOrder() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("kafka"));
        try (Kafka kafka = new Kafka(folder).start()) {
            add("kafka", "127.0.0.1:9092", kafka.address());
            try (WaysideProcess wayside = run(folder, "kafka")) {
                awaitDelivered(wayside, "kafka");
                assertTrue(wayside.log().contains("preparing for faster starts"), "the class archive is made anew");
            }
            assertGapless(kafka.messages("wayside-events", EVENTS));
        }
    }

    @Test
    @Order(4)
    void theS3ExampleStoresEachListAsAnObject() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("s3"));
        try (S3Server s3 = new S3Server(folder, "wayside-events").start()) {
            add(
                    "s3",
                    "region: eu-central-1",
                    "region: eu-central-1, forcePathStyle: true, overrideEndpoint: true, uriEndpointOverride: \""
                            + s3.url() + "\"");
            try (WaysideProcess wayside = run(folder, "s3")) {
                awaitDelivered(wayside, "s3");
            }
            List<String> events = new ArrayList<>();
            for (String list : s3.objects("wayside-events")) {
                JSON.readTree(list).forEach(event -> events.add(event.toString()));
            }
            assertGapless(events);
        }
    }

    @Test
    @Order(5)
    void removesOneAndLeavesTheOther() throws Exception {
        assertEquals(
                "kafka was removed. Restart Wayside for this to take effect.\n",
                wayside("component", "remove", "kafka").printed());
        assertEquals(List.of("aws2-s3"), files(home.resolve("lib")));
        Outcome again = wayside("component", "remove", "kafka");
        assertEquals(2, again.code());
        assertEquals("wayside: The component kafka was not added; these were: aws2-s3.\n", again.printed());
    }

    @Test
    @Order(6)
    void addsOfflineWhatIsInTheLocalRepository() throws Exception {
        Outcome offline = wayside("component", "add", "-o", "kafka");
        assertEquals(0, offline.code(), offline.printed());
        assertFalse(offline.printed().contains("downloading"), offline.printed());
    }

    @Test
    @Order(7)
    void afterAnUpdateTheStartAndTheDoctorNameWhatMustBeAddedAgain() throws Exception {
        Path libraries = home.resolve("lib/aws2-s3/libraries");
        Files.writeString(
                libraries, Files.readString(libraries).replaceFirst("camel-aws2-s3:4\\.17\\.0", "camel-aws2-s3:4.9.0"));
        String sentence = "aws2-s3 4.9.0 is for another version of Wayside, and may not work with this one: run"
                + " ./wayside component add aws2-s3";
        // It would wait for its server.
        Files.deleteIfExists(home.resolve("routes/s3.yaml"));
        try (WaysideProcess wayside = run(Files.createDirectories(directory.resolve("updated")), "influxdb")) {
            assertTrue(wayside.log().contains("WARN  The component " + sentence), wayside.log());
        }
        String doctor = wayside("doctor").printed();
        assertTrue(doctor.contains(sentence), doctor);
        Outcome again = wayside("component", "add", "-o", "aws2-s3");
        assertTrue(again.printed().contains("aws2-s3 4.17.0 was added: "), again.printed());
        String list = wayside("component", "list").printed();
        assertFalse(list.contains("another version"), list);
    }

    private record Outcome(int code, String printed) {}

    private static Outcome wayside(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("wayside").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("WAYSIDE_NO_BUILD", "1");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), printed);
    }

    private static WaysideProcess run(Path folder, String sink) {
        int port = Programs.freePort();
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("AWS_ACCESS_KEY_ID", "any");
        environment.put("AWS_SECRET_ACCESS_KEY", "any");
        environment.put("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required");
        List<String> command = new ArrayList<>(List.of(home.resolve("wayside").toString(), "run"));
        for (String setting : List.of("http.port=" + port, "mqtt.enabled=false", sink + ".start=oldest")) {
            command.addAll(List.of("--set", setting));
        }
        return WaysideProcess.elsewhere(folder, environment, port, command).awaitStarted();
    }

    /** Adds the route of docs/adding-a-sink.md, with the address of the test's own server. */
    private static void add(String name, String documented, String own) throws IOException {
        Matcher example = Pattern.compile("```yaml\\n(# routes/" + name + "\\.yaml\\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/adding-a-sink.md")));
        assertTrue(example.find(), "the page has no example " + name);
        assertTrue(example.group(1).contains(documented), example.group(1));
        try (Stream<Path> former = Files.list(home.resolve("routes"))) {
            for (Path file : former.filter(each -> each.toString().matches(".*/(kafka|s3)\\.yaml"))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(
                home.resolve("routes/" + name + ".yaml"), example.group(1).replace(documented, own));
    }

    private static void awaitDelivered(WaysideProcess wayside, String sink) {
        await().alias(sink + " delivers: " + wayside.log()).atMost(PATIENCE).until(() -> {
            for (JsonNode each : wayside.status().at("/sinks")) {
                if (each.get("name").asText().equals(sink)) {
                    return each.get("delivered").asLong() >= EVENTS;
                }
            }
            return false;
        });
    }

    /** The first events, none missing and in order. After a failed attempt, a batch comes again. */
    private static void assertGapless(List<String> events) throws IOException {
        assertTrue(events.size() >= EVENTS, () -> events.size() + " events");
        Set<Long> sequence = new LinkedHashSet<>();
        for (String event : events) {
            EventSchemas.assertFlatEvent(JSON.readTree(event));
            sequence.add(JSON.readTree(event).get("sequence").asLong());
        }
        assertEquals(LongStream.rangeClosed(1, sequence.size()).boxed().toList(), List.copyOf(sequence));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
