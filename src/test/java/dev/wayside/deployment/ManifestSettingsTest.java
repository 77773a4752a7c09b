package dev.wayside.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings in the manifests are those of Wayside: a mistake would stop the pod. */
class ManifestSettingsTest {
    @TempDir
    Path folder;

    @Test
    void everyPropertyAndVariableIsASetting() throws IOException {
        List<String> properties = new ArrayList<>(
                Manifests.texts(Manifests.readOne(Manifests.INTEGRATION).at("/spec/traits/camel/properties")));
        for (Path file : Manifests.files()) {
            for (JsonNode document : Manifests.read(file)) {
                patched(document, properties);
            }
        }
        properties.remove("@SETTINGS@");
        assertTrue(properties.size() >= 6, properties::toString);

        Map<String, String> environment = new HashMap<>(Map.of("CAMEL_K_CONF_D", folder.toString()));
        for (String variable :
                Manifests.texts(Manifests.readOne(Manifests.INTEGRATION).at("/spec/traits/environment/vars"))) {
            environment.put(variable.split("=")[0], variable.split("=", 2)[1]);
        }
        environment.put("WAYSIDE_DEVICE", "pi-1");
        Files.write(folder.resolve("user.properties"), properties);
        Settings settings = SettingsLoader.load(new Home(Path.of(""), folder), List.of(), environment);
        assertEquals("/etc/camel/sources", settings.asProperties().get("routes.path"));
        assertEquals("json", settings.asProperties().get("log.format"));
    }

    /** The properties that a JSON patch adds, in a file of its own or in a kustomization. */
    private void patched(JsonNode document, List<String> properties) throws IOException {
        for (JsonNode operation : document) {
            if (operation.path("path").asText().startsWith("/spec/traits/camel/properties/")) {
                properties.add(operation.path("value").asText());
            }
        }
        for (JsonNode patch : document.path("patches")) {
            if (patch.has("patch")) {
                Path file = Files.writeString(
                        folder.resolve("patch"), patch.path("patch").asText());
                patched(Manifests.readOne(file), properties);
            }
        }
    }
}
