package dev.wayside.deployment;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.config.RouteFiles;
import dev.wayside.deployment.Manifests.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every Kubernetes manifest. The API server itself judges them in dev/verify-cluster. */
class ManifestsTest {
    /** The folders of nodes that a pod may use, see docs/k3s.md. */
    private static final Set<String> NODE_FOLDERS = Set.of(
            "device-manager /dev",
            "device-manager /sys",
            "device-manager /var/lib/kubelet/device-plugins",
            "fluent-bit /var/lib/wayside-fluent-bit",
            "fluent-bit /var/log",
            "node-exporter /");

    /** They read files that belong to root. */
    private static final Set<String> ROOT = Set.of("device-manager", "fluent-bit");

    static Stream<Manifest> workloads() throws IOException {
        return Manifests.workloads();
    }

    static Stream<Path> files() throws IOException {
        return Manifests.files().stream();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodHasNoRightsThatItDoesNotNeed(Manifest workload) {
        String name = workload.content().at("/metadata/name").asText();
        JsonNode pod = workload.content().at("/spec/template/spec");
        assertFalse(pod.path("automountServiceAccountToken").asBoolean(true), "a token of a service account");
        for (String network : List.of("hostNetwork", "hostPID", "hostIPC")) {
            assertFalse(pod.has(network), network);
        }
        for (JsonNode volume : pod.path("volumes")) {
            if (volume.has("hostPath")) {
                String use = name + " " + volume.at("/hostPath/path").asText();
                assertTrue(NODE_FOLDERS.contains(use), use);
            }
        }
        List<JsonNode> containers = new ArrayList<>();
        pod.path("containers").forEach(containers::add);
        pod.path("initContainers").forEach(containers::add);
        assertFalse(containers.isEmpty());
        for (JsonNode container : containers) {
            JsonNode context = container.path("securityContext");
            assertAll(
                    container.path("name").asText(),
                    () -> assertFalse(context.path("privileged").asBoolean(false), "privileged"),
                    () -> assertFalse(context.path("allowPrivilegeEscalation").asBoolean(true), "more privileges"),
                    () -> assertTrue(context.path("readOnlyRootFilesystem").asBoolean(false), "writes to the image"),
                    () -> assertEquals(
                            List.of("ALL"),
                            Manifests.texts(context.path("capabilities").path("drop"))),
                    () -> assertEquals(
                            "RuntimeDefault",
                            inherited(pod, context, "seccompProfile")
                                    .path("type")
                                    .asText()),
                    () -> assertEquals(
                            !ROOT.contains(name),
                            inherited(pod, context, "runAsNonRoot").asBoolean(false),
                            "root"));
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aContainerHasLimitsAndAPinnedImage(Manifest workload) {
        List<JsonNode> containers = new ArrayList<>();
        JsonNode pod = workload.content().at("/spec/template/spec");
        pod.path("containers").forEach(containers::add);
        pod.path("initContainers").forEach(containers::add);
        for (JsonNode container : containers) {
            for (String resource : List.of("cpu", "memory")) {
                assertFalse(container.at("/resources/requests/" + resource).isMissingNode(), "requests no " + resource);
                assertFalse(container.at("/resources/limits/" + resource).isMissingNode(), "no limit of " + resource);
            }
            String image = container.path("image").asText();
            assertTrue(image.matches("[^/]+\\.[^/]+/.+(:v?\\d+\\.\\d+\\.\\d+\\S*|@sha256:[0-9a-f]{64})"), image);
            assertEquals("IfNotPresent", container.path("imagePullPolicy").asText());
        }
    }

    /** An Integration's pod is made by the operator; dev/verify-cluster checks what it makes of this. */
    @Test
    void theIntegrationHasNoRightsThatItDoesNotNeed() {
        JsonNode spec = Manifests.readOne(Manifests.INTEGRATION).path("spec");
        JsonNode container = spec.at("/traits/container");
        assertAll(
                () -> assertTrue(container.path("runAsNonRoot").asBoolean()),
                () -> assertFalse(container.path("allowPrivilegeEscalation").asBoolean(true)),
                () -> assertEquals(List.of("ALL"), Manifests.texts(container.path("capabilitiesDrop"))),
                () -> assertEquals(
                        "RuntimeDefault", container.path("seccompProfileType").asText()),
                () -> assertTrue(container.has("limitMemory") && container.has("limitCPU"), "limits"),
                () -> assertTrue(container.has("requestMemory") && container.has("requestCPU"), "requests"),
                () -> assertFalse(
                        spec.at("/template/spec/automountServiceAccountToken").asBoolean(true)),
                () -> assertTrue(spec.at("/template/spec/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean()),
                () -> assertEquals(
                        "Recreate", spec.at("/traits/deployment/strategy").asText()),
                () -> assertFalse(spec.at("/traits/ingress/enabled").asBoolean(true)));
        for (JsonNode volume : spec.at("/template/spec/volumes")) {
            assertFalse(volume.has("hostPath"), volume::toString);
        }
    }

    /** Without kustomize and its own copy of the pod, kamel run makes the same one. */
    @Test
    void kamelRunHasTheIntegrationsPod() {
        assertEquals(
                Manifests.readOne(Manifests.INTEGRATION).at("/spec/template/spec"),
                Manifests.readOne(Manifests.FOLDER.resolve("pod-template.yaml")));
    }

    /** camel-k/list-routes makes these lists. */
    @Test
    void everyRouteAndKameletIsListed() throws IOException {
        Set<String> routes = names("routes", ".yaml");
        JsonNode generator = Manifests.readOne(Path.of("routes/Kustomization")).at("/configMapGenerator/0");
        assertEquals(routes, new TreeSet<>(Manifests.texts(generator.path("files"))));
        Set<String> sources = new TreeSet<>();
        for (JsonNode source : Manifests.readOne(Manifests.INTEGRATION).at("/spec/sources")) {
            assertEquals(source.path("name"), source.path("contentKey"));
            assertEquals(generator.path("name"), source.path("contentRef"));
            sources.add(source.path("name").asText());
        }
        assertEquals(routes, sources);
        // Wayside does not take the list for a route.
        Set<String> loaded = new TreeSet<>();
        RouteFiles.in(Path.of("routes"))
                .forEach(file -> loaded.add(file.getFileName().toString()));
        assertEquals(routes, loaded);
        assertEquals(
                names("kamelets", ".kamelet.yaml"),
                new TreeSet<>(Manifests.texts(
                        Manifests.readOne(Path.of("kamelets/Kustomization")).path("resources"))));
    }

    /** kustomize refuses a map whose keys are numbers, as in constructors. */
    @Test
    void kameletsHaveNoNumbersAsKeys() throws IOException {
        for (String kamelet : names("kamelets", ".yaml")) {
            for (String line : Files.readAllLines(Path.of("kamelets", kamelet))) {
                assertFalse(line.matches(" *\\d+:.*"), kamelet + ": " + line + ": write the number in quotes");
            }
        }
    }

    @Test
    void theImageHasThisVersion() throws IOException {
        String version = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
        JsonNode base = Manifests.readOne(Manifests.FOLDER.resolve("base/kustomization.yaml"));
        assertEquals(version, base.at("/images/0/newTag").asText());
        String image = base.at("/images/0/name").asText();
        assertEquals(
                image,
                Manifests.readOne(Manifests.INTEGRATION)
                        .at("/spec/traits/container/image")
                        .asText());
        String run = Files.readString(Manifests.FOLDER.resolve("run"));
        assertTrue(run.contains(image + ":" + version + "}"), run);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsCleanYaml(Path file) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.endsWith("\n") && !text.endsWith("\n\n"), "the end of the file");
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String where = file + ":" + (i + 1);
            assertFalse(line.contains("\t") || line.endsWith(" "), where);
            assertTrue(line.length() <= 128, where);
            assertFalse(line.matches(".*(:latest\\b|image: [^:@]+$).*") && !line.contains("wayside-project"), where);
        }
    }

    private static JsonNode inherited(JsonNode pod, JsonNode context, String field) {
        return context.has(field)
                ? context.path(field)
                : pod.path("securityContext").path(field);
    }

    private static Set<String> names(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            Iterator<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .iterator();
            Set<String> sorted = new TreeSet<>();
            names.forEachRemaining(sorted::add);
            return sorted;
        }
    }
}
