package dev.wayside.live;

import dev.wayside.api.DataApi;
import dev.wayside.api.SystemReport;
import dev.wayside.journal.Batch;
import dev.wayside.journal.Journal;
import dev.wayside.journal.component.JournalConstants;
import dev.wayside.machine.Machine;
import dev.wayside.routes.KameletRouteController;
import dev.wayside.servers.Programs;
import dev.wayside.status.Failures;
import dev.wayside.status.StatusBoard;
import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * The page with all its data: two cameras, a journal with a week of counts, a sink that works, one that refuses every tenth
 * event, and one that fails.
 */
public final class WholePage implements AutoCloseable {
    /** What the failing sink says. */
    public static final String FAILURE = "Elasticsearch at http://127.0.0.1:9200 cannot be reached: Connection refused";

    private static final int EVENTS = 40;

    private final Journal journal;
    private final Path pi;
    private final LiveServer server;
    /** Whether the sink {@code influxdb} refuses every tenth event. */
    private final AtomicBoolean picky = new AtomicBoolean(true);

    /** Starts it with its journal in this folder. */
    public WholePage(Path folder) throws Exception {
        journal = new Journal(folder.resolve("journal.db"), 1L << 30, Duration.ofDays(7));
        journal.start();
        addHistory(folder.resolve("journal.db"));
        pi = folder.resolve("pi");
        describePi(pi);
        StatusBoard board = new StatusBoard("pi-01", "0.1.0", Clock.systemUTC());
        board.add("sinks", journal.sinks()::status);
        Stream.of("cameras", "detector", "mqtt")
                .forEach(part ->
                        board.add(part, () -> Statuses.running("front", "yard").get(part)));
        int port = Programs.freePort();
        server =
                new LiveServer(port, LiveLimits.DEFAULT, board::snapshot, main -> prepare(main, port), "front", "yard");
        for (int i = 1; i <= EVENTS; i++) {
            append(i);
        }
    }

    /** Adds an event with this sequence number, taken now. */
    public void append(int number) throws Exception {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("schema", "wayside.event/1");
        event.put("id", "pi-01/front/01a20ad1-4d56-7828-8b2c-" + String.format("%012d", number));
        event.put("device", "pi-01");
        event.put("camera", number % 4 == 0 ? "yard" : "front");
        event.put("time", Instant.now().toString());
        event.put("sequence", number);
        event.put("inference_ms", 15.2);
        event.put("car_count", number % 3);
        event.put("person_count", number % 5 == 0 ? 1 : 0);
        event.put("objects_0_label", "car");
        event.put("objects_0_score", 0.87);
        journal.append(event);
    }

    private void prepare(Main main, int port) {
        main.addInitialProperty("camel.component.kamelet.location", "file:kamelets");
        main.addInitialProperty("camel.main.routesIncludePattern", "file:routes/failures.yaml");
        main.bind("journal", journal);
        main.bind("failures", new Failures(System::nanoTime));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:wayside-journal-source?sink=mqtt&start=oldest")
                        .routeId("mqtt")
                        .log(org.apache.camel.LoggingLevel.DEBUG, "published");
                from("kamelet:wayside-journal-source?sink=influxdb&start=oldest")
                        .routeId("influxdb")
                        .process(WholePage.this::refuseSome);
                from("kamelet:wayside-journal-source?sink=elasticsearch&start=oldest&retryMax=1")
                        .routeId("elasticsearch")
                        .process(exchange -> {
                            throw new StoreUnavailableException(FAILURE);
                        });
            }
        });
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                CamelContext context = support.getCamelContext();
                context.setRouteController(new KameletRouteController(context));
                context.addLifecycleStrategy(
                        new DataApi(port, () -> Optional.of(journal), report(context), Clock.systemUTC()));
            }
        });
    }

    /** The files that a Raspberry Pi 4 with a weak power supply has. */
    private static void describePi(Path pi) throws IOException {
        Map<String, String> files = Map.of(
                "proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4",
                "proc/sys/kernel/arch", "aarch64",
                "proc/sys/kernel/osrelease", "6.12.47+rpt-rpi-v8",
                "proc/self/status", "VmRSS:\t  291840 kB\n",
                "proc/meminfo", "MemTotal:  3884360 kB\nMemAvailable:  3127044 kB\n",
                "sys/class/thermal/thermal_zone0/type", "cpu-thermal",
                "sys/class/thermal/thermal_zone0/temp", "61342",
                "sys/devices/platform/soc/soc:firmware/get_throttled", "50000");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = pi.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private SystemReport report(CamelContext context) {
        return new SystemReport(
                context,
                new Machine(pi),
                () -> Map.of("Wayside", "0.1.0", "Java", "17.0.17", "Apache Camel", context.getVersion()),
                () -> Map.of(
                        "name", "ssdlite-mobilenet-v2-coco",
                        "licence", "Apache-2.0",
                        "file", "models/ssdlite-mobilenet-v2-coco/model.tflite",
                        "sha256", "f6681ec20f733f389d5dc9d1e355a999f5f5d20fb0af5bfa5de3694f1a164616",
                        "input", "300 × 300 float32",
                        "labels", 91,
                        "score_threshold", 0.35,
                        "threads", 2),
                pi,
                true);
    }

    private void refuseSome(Exchange exchange) {
        Batch batch = exchange.getProperty(JournalConstants.BATCH, Batch.class);
        List<Map<String, Object>> events = batch.events();
        if (picky.get()) {
            events.stream()
                    .filter(event -> ((Number) event.get("sequence")).intValue() % 10 == 0)
                    .forEach(event -> batch.reject(
                            event, "partial write: field type conflict: input field \"car_count\" is type float"));
        }
    }

    /** From now on the sink {@code influxdb} accepts all events. */
    public void acceptAll() {
        picky.set(false);
    }

    /** A week of counts as a street has them: more by day than by night. */
    private static void addHistory(Path file) throws Exception {
        Random random = new Random(7);
        long now = Instant.now().getEpochSecond();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement insert = connection.prepareStatement(
                        "insert into label_count values (?, ?, ?, ?, ?, ?, ?, 1000000000)")) {
            connection.setAutoCommit(false);
            for (int seconds : new int[] {60, 3600}) {
                long first = now - (seconds == 60 ? 86_400 : 7 * 86_400);
                for (long start = first / seconds * seconds; start < now - seconds; start += seconds) {
                    for (String camera : List.of("front", "yard")) {
                        addBucket(insert, seconds, start, camera, random);
                    }
                }
            }
            connection.commit();
        }
    }

    private static void addBucket(PreparedStatement insert, int seconds, long start, String camera, Random random)
            throws Exception {
        double day = 0.6 - 0.5 * Math.cos(2 * Math.PI * (start % 86_400) / 86_400.0);
        int frames = 5 * seconds;
        for (String label : List.of("car", "person")) {
            double average = day * (label.equals("car") ? 3 : 1.4) * (0.7 + 0.6 * random.nextDouble());
            insert.setInt(1, seconds);
            insert.setLong(2, start);
            insert.setString(3, camera);
            insert.setString(4, label);
            insert.setInt(5, frames);
            insert.setLong(6, Math.round(average * frames));
            insert.setLong(7, (long) Math.ceil(average) + random.nextInt(3));
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** Where it is, without a slash at the end. */
    public String url() {
        return server.url();
    }

    Journal journal() {
        return journal;
    }

    @Override
    public void close() throws IOException {
        server.close();
        journal.close();
    }
}
