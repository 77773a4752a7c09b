package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wayside.mqtt.EmbeddedBroker;
import dev.wayside.servers.FaultProxy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route that connects to a server when it starts, and the server is away just then. */
class OutageTest {
    private static final String PUBLISHES =
            """
            - route:
                id: publishes
                from:
                  uri: direct:publishes
                  steps:
                    - to:
                        uri: paho-mqtt5:test
                        parameters:
                          brokerUrl: tcp://127.0.0.1:%d
                          clientId: "{{publishes.client}}"
                          connectionTimeout: 2
            """;

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private FaultProxy network;
    private WatchedRoutes routes;
    private String text;

    @BeforeEach
    void aBrokerAndAGoodFile() throws Exception {
        broker = EmbeddedBroker.start();
        network = new FaultProxy(Integer.parseInt(broker.url().replaceFirst(".*:", "")));
        text = PUBLISHES.formatted(network.port());
        routes = new WatchedRoutes(directory).write("good.yaml", route("good", "yes"));
        routes.set("publishes.client", "first").write("publishes.yaml", text);
    }

    @AfterEach
    void close() {
        routes.close();
        network.close();
        broker.close();
    }

    @Test
    void aFileWhoseServerIsAwayAtTheStartWaitsForIt() throws Exception {
        network.refuse();
        routes.start();
        routes.awaitReason("publishes.yaml does not start: the server ");
        assertEquals("yes", routes.answer("good"));
        network.restore();
        routes.awaitNoReason();
        assertNotNull(routes.context().getRoute("publishes"));
        assertEquals(1, routes.said("It is tried again until it does."), "once");
        assertEquals(1, routes.said("publishes.yaml has started"));
    }

    @Test
    void anEditDuringAnOutageWaitsForTheServer() throws Exception {
        routes.start();
        assertEquals(0, routes.reasons().size());
        network.refuse();
        routes.write("publishes.yaml", "# edited\n" + text).awaitReason("publishes.yaml does not start: ");
        assertNull(routes.context().getRoute("publishes"));
        assertEquals(1, routes.said("It is tried again until it does."), "once");
        network.restore();
        routes.awaitNoReason();
        assertNotNull(routes.context().getRoute("publishes"));
        routes.write("publishes.yaml", "# edited again\n" + text).awaitSaid("publishes.yaml was loaded", 1);
    }

    @Test
    void aSettingChangedDuringAnOutageWaitsForTheServer() throws Exception {
        routes.start();
        network.refuse();
        routes.change("publishes.client", "second");
        routes.awaitReason("publishes.yaml does not start: ");
        network.restore();
        routes.awaitNoReason();
        assertNotNull(routes.context().getRoute("publishes"));
    }

    @Test
    void aWrongAddressInAnEditIsRefusedAndTheFormerRoutesRunOn() throws Exception {
        routes.start();
        FaultProxy nobody = new FaultProxy(1);
        nobody.refuse();
        routes.write("publishes.yaml", PUBLISHES.formatted(nobody.port())).awaitReason("publishes.yaml");
        assertNotNull(routes.context().getRoute("publishes"));
        assertEquals(1, routes.said("right. Its previous routes keep running."));
        Object route = routes.context().getRoute("publishes");
        routes.awaitHandled();
        assertEquals(route, routes.context().getRoute("publishes"), "another file's save does not interrupt it");
        nobody.close();
        routes.write("publishes.yaml", text).awaitNoReason();
    }

    @Test
    void aMistakeDuringAnOutageIsRefusedAndTheFormerTextWaits() throws Exception {
        routes.start();
        network.refuse();
        routes.write("publishes.yaml", text + "        - setBody:\n            simple: \"${body\"\n");
        routes.awaitReason("publishes.yaml:");
        assertNull(routes.context().getRoute("publishes"), "the former text cannot start now, either");
        routes.awaitReason("publishes.yaml does not start: ");
        network.restore();
        routes.awaitSaid("publishes.yaml has started", 1);
        assertNotNull(routes.context().getRoute("publishes"));
        assertEquals(1, routes.reasons().size(), "the mistake is still there");
        routes.write("publishes.yaml", text).awaitNoReason();
    }
}
