package dev.wayside.yaml;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The YAML of routes and kamelets, and Camel's schema for it. */
final class YamlFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema DSL = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(YamlFiles.class.getResourceAsStream("/schema/camelYamlDsl.json"));

    private YamlFiles() {}

    /** The violations of Camel's YAML DSL schema in these routes; empty if there are none. */
    static List<?> violations(JsonNode routes) {
        return DSL.validate(routes.toString(), InputFormat.JSON);
    }

    static Stream<Path> ownRoutes() throws IOException {
        return Stream.concat(yaml("routes"), yaml("camel-k/overlays/ingest/routes"));
    }

    /** Our own routes and those in the docs. */
    static Stream<Path> routes() throws IOException {
        return Stream.concat(ownRoutes(), examples());
    }

    private static Stream<Path> examples() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/docs-examples"));
        List<Path> files = new ArrayList<>();
        Matcher example = Pattern.compile("```yaml\\n# routes/(\\S+\\.yaml)\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/adding-a-sink.md")));
        while (example.find()) {
            files.add(Files.writeString(folder.resolve(example.group(1)), example.group(2)));
        }
        assertTrue(files.size() >= 3, files::toString);
        return files.stream();
    }

    static Stream<Path> kamelets() throws IOException {
        return yaml("kamelets");
    }

    static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static String stem(Path file, String ending) {
        String name = file.getFileName().toString();
        assertTrue(name.endsWith(ending), name);
        return name.substring(0, name.length() - ending.length());
    }

    private static Stream<Path> yaml(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    static JsonNode read(Path file) throws IOException {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }
}
