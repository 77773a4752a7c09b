package dev.wayside.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.component.Components;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;
import org.junit.jupiter.api.Test;

class ComponentCatalogTest {
    private static final Pattern ADVICE =
            Pattern.compile(" is not installed; it is in (\\S+), which \\./wayside component add (\\S+) installs");

    /** A class path on which there is nothing of Camel. */
    private final ComponentCatalog empty = new ComponentCatalog(new ClassLoader(null) {
        @Override
        public URL getResource(String name) {
            return null;
        }
    });

    private final DefaultCamelCatalog camel = new DefaultCamelCatalog();
    private final Components components = new Components(Path.of(""));

    @Test
    void eachAdviceIsACommandThatAddsThatLibrary() {
        List<ArtifactModel<?>> all = new ArrayList<>();
        camel.findComponentNames().forEach(name -> all.add(camel.componentModel(name)));
        camel.findLanguageNames().forEach(name -> all.add(camel.languageModel(name)));
        camel.findDataFormatNames().forEach(name -> all.add(camel.dataFormatModel(name)));
        assertTrue(all.size() > 400, "so many: " + all.size());
        for (ArtifactModel<?> each : all) {
            Matcher advice = ADVICE.matcher(empty.notInstalled(each));
            assertTrue(advice.matches(), () -> empty.notInstalled(each));
            assertEquals(each.getArtifactId(), advice.group(1));
            assertEquals(each.getArtifactId(), components.library(advice.group(2)), advice::group);
        }
    }

    @Test
    void aLanguageOrDataFormatThatIsNotInstalledIsNamed() {
        assertEquals(
                "the data format avro is not installed; it is in camel-avro, which ./wayside component add camel-avro"
                        + " installs",
                empty.missing("dataformat", "avro").orElseThrow());
        assertEquals(
                "the language js is not installed; it is in camel-javascript, which ./wayside component add javascript"
                        + " installs",
                empty.missing("language", "js").orElseThrow());
    }
}
