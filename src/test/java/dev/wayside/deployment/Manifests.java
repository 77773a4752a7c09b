package dev.wayside.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kubernetes manifests below {@code camel-k/}, read as plain YAML, without kustomize. */
final class Manifests {
    static final Path FOLDER = Path.of("camel-k");
    static final Path INTEGRATION = FOLDER.resolve("base/integration.yaml");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WORKLOADS = Set.of("Deployment", "DaemonSet", "StatefulSet", "Job", "CronJob");

    private Manifests() {}

    /** An object of a file, for the messages of tests. */
    record Manifest(Path file, JsonNode content) {
        String kind() {
            return content.path("kind").asText();
        }

        @Override
        public String toString() {
            return file + ": " + kind() + " " + content.at("/metadata/name").asText();
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Everything in these files that has a kind. */
    static List<Manifest> all() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : files()) {
            read(file).stream()
                    .filter(content -> content.has("kind"))
                    .forEach(content -> manifests.add(new Manifest(file, content)));
        }
        return manifests;
    }

    /** The objects that run pods, except Integrations. */
    static Stream<Manifest> workloads() throws IOException {
        return all().stream().filter(manifest -> WORKLOADS.contains(manifest.kind()));
    }

    static List<JsonNode> read(Path file) {
        try {
            List<JsonNode> documents = new ArrayList<>();
            new Load(LoadSettings.builder().build())
                    .loadAllFromString(Files.readString(file))
                    .forEach(document -> documents.add(JSON.valueToTree(document)));
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode readOne(Path file) {
        return read(file).get(0);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
