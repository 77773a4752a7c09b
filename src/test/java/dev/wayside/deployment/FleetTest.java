package dev.wayside.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** camel-k/fleet with a short pattern; dev/verify-cluster runs it on what kustomize prints. */
class FleetTest {
    @TempDir
    Path folder;

    private Path pattern;

    @BeforeEach
    void writeThePattern() throws IOException {
        pattern = Files.writeString(
                folder.resolve("pattern.yaml"),
                """
                kind: ConfigMap
                metadata:
                  name: shared
                ---
                kind: Integration
                metadata:
                  name: wayside-@NODE@
                spec:
                  nodeSelector:
                    kubernetes.io/hostname: '@NODE@'
                  limits:
                    smarter-devices/video0: "1"
                  properties:
                  - http.password-file=x
                  - camera.url=/dev/video0
                  - '@SETTINGS@'
                  end: true
                """);
    }

    @Test
    void eachNodeHasItsOwnAndTheRestIsSharedOnce() throws Exception {
        List<JsonNode> objects = objects("# the crossing\npi-1\r\n\npi-2 camera.period=2s watch.words=it's\n");
        assertEquals(
                List.of("shared", "wayside-pi-1", "wayside-pi-2"),
                objects.stream().map(o -> o.at("/metadata/name").asText()).toList());
        assertEquals(
                "pi-2",
                objects.get(2).at("/spec/nodeSelector/kubernetes.io~1hostname").asText());
        assertEquals(List.of("http.password-file=x", "camera.url=/dev/video0"), properties(objects.get(1)));
        assertEquals(
                List.of("http.password-file=x", "camera.url=/dev/video0", "camera.period=2s", "watch.words=it's"),
                properties(objects.get(2)));
        assertTrue(objects.get(2).at("/spec/end").asBoolean());
    }

    @Test
    void aNodeAsksForTheDeviceOfItsCamera() throws Exception {
        List<JsonNode> objects = objects("pi-1 camera.url=/dev/video2\npi-2 camera.url=rtsp://10.0.0.7/a\n");
        assertEquals(
                "1", objects.get(1).at("/spec/limits/smarter-devices~1video2").asText());
        assertEquals(
                "0", objects.get(2).at("/spec/limits/smarter-devices~1video0").asText());
        assertEquals(List.of("http.password-file=x", "camera.url=rtsp://10.0.0.7/a"), properties(objects.get(2)));
    }

    @Test
    void aThousandNodesAreNoMoreWork() throws Exception {
        String nodes = IntStream.rangeClosed(1, 1000).mapToObj(i -> "pi-" + i).collect(Collectors.joining("\n"));
        assertEquals(1001, objects(nodes).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pi_1|line 1: the name of a node has 1 to 40 lower-case letters",
                "pi-1;pi-1|line 2: the node pi-1 is there twice",
                "pi-1 camera.period|line 1: a setting is key=value",
                "pi-1 mqtt.password=hunter2|line 1: a password does not belong in a list",
                "pi-1 camera.url=rtsp://me:hunter2@10.0.0.7/|line 1: a password does not belong in a list",
                "# nobody|names no node"
            })
    void aMistakeInTheListPrintsNothingElse(String nodes, String sentence) throws Exception {
        Script script = fleet(nodes.replace(';', '\n'));
        assertEquals(2, script.status(), script.output());
        assertTrue(script.output().contains(sentence), script.output());
        assertEquals(1, script.output().lines().count(), script.output());
        assertFalse(script.output().contains("hunter2"), script.output());
    }

    private List<JsonNode> objects(String nodes) throws Exception {
        Script script = fleet(nodes);
        assertEquals(0, script.status(), script.output());
        return Manifests.read(Files.writeString(folder.resolve("printed.yaml"), script.output()));
    }

    private Script fleet(String nodes) throws Exception {
        Path list = Files.writeString(folder.resolve("nodes"), nodes);
        return Script.run("camel-k/fleet", "--rendered", pattern, list);
    }

    private static List<String> properties(JsonNode integration) {
        return Manifests.texts(integration.at("/spec/properties"));
    }
}
