package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.seda.SedaEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that a user has paused stays paused when its file is edited, and delivers nothing meanwhile. */
class SuspendedRoutesTest {
    private static final String SINK =
            """
            - route:
                id: sink
                from:
                  uri: %s
                  steps:
                    - to: seda:delivered
            """;

    @TempDir
    Path folders;

    private Journal journal;
    private WatchedRoutes routes;

    @BeforeEach
    void aJournal() throws Exception {
        journal = new Journal(folders.resolve("journal.db"), 1L << 30, Duration.ofDays(7));
        journal.start();
        routes = new WatchedRoutes(Files.createDirectory(folders.resolve("routes")));
        routes.context().getRegistry().bind("journal", journal);
        routes.context().setRouteController(new KameletRouteController(routes.context()));
        routes.context().getComponent("kamelet", KameletComponent.class).setLocation("file:kamelets");
        routes.write("good.yaml", route("good", "yes")).set("paused.start", "oldest");
    }

    @AfterEach
    void close() throws Exception {
        routes.close();
        journal.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal:paused", "kamelet:wayside-journal-source?sink=paused"})
    void aPausedSinkStaysPausedWhenItsFileIsEditedAndDeliversNothing(String from) throws Exception {
        String text = SINK.formatted(from);
        routes.write("sink.yaml", text).start();
        append("a");
        await().until(() -> delivered() == 1);
        routes.context().getRouteController().suspendRoute("sink");
        append("b");
        for (int edit = 1; edit <= 3; edit++) {
            routes.write("sink.yaml", "# edit " + edit + "\n" + text).awaitSaid("sink.yaml was loaded", edit);
            assertEquals(
                    ServiceStatus.Suspended,
                    routes.context().getRouteController().getRouteStatus("sink"));
            assertEquals("paused", journal.sinks().status().get(0).get("state").toString());
            assertEquals(1, delivered(), "not even a batch");
        }
        routes.context().getRouteController().resumeRoute("sink");
        await().until(() -> delivered() == 2);
        routes.write("sink.yaml", text).awaitSaid("sink.yaml was loaded", 4);
        append("c");
        await().until(() -> delivered() == 3);
    }

    private void append(String id) throws Exception {
        journal.append(Map.of("id", id, "device", "pi", "camera", "front", "time", "2026-11-23T10:15:30.123Z"));
    }

    private int delivered() {
        return routes.context()
                .getEndpoint("seda:delivered", SedaEndpoint.class)
                .getExchanges()
                .size();
    }
}
