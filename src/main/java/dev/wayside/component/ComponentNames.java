package dev.wayside.component;

import dev.wayside.config.Suggestion;
import dev.wayside.failure.InvalidInputException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;

/**
 * The names of Camel's components, data formats and languages, and the libraries that contain them, from Camel's catalog.
 */
final class ComponentNames {
    private static final String GROUP = "org.apache.camel";
    private static final String PREFIX = "camel-";

    private final Map<String, String> artifactOfName;

    private ComponentNames(Map<String, String> artifactOfName) {
        this.artifactOfName = artifactOfName;
    }

    /** Reads the catalog. */
    static ComponentNames read() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        Map<String, String> artifacts = new TreeMap<>();
        // If a language or a data format has the name of a component, the name means the component.
        add(artifacts, catalog.findLanguageNames(), catalog::languageModel);
        add(artifacts, catalog.findDataFormatNames(), catalog::dataFormatModel);
        add(artifacts, catalog.findComponentNames(), catalog::componentModel);
        return new ComponentNames(artifacts);
    }

    private static void add(
            Map<String, String> artifacts, Iterable<String> names, Function<String, ArtifactModel<?>> model) {
        for (String name : names) {
            ArtifactModel<?> found = model.apply(name);
            if (found.getGroupId().equals(GROUP)) {
                artifacts.put(name, found.getArtifactId());
            }
        }
    }

    /**
     * The library with the component.
     *
     * @param name as in a URI, {@code aws2-s3}, or that of the library, {@code camel-aws2-s3}
     * @throws InvalidInputException if there is no such component; the message has the nearest name
     */
    String artifact(String name) {
        String artifact = artifactOfName.get(name);
        if (artifact == null && artifactOfName.containsValue(name)) {
            artifact = name;
        }
        if (artifact == null) {
            TreeSet<String> known = new TreeSet<>(artifactOfName.keySet());
            known.addAll(artifactOfName.values());
            throw new InvalidInputException("Camel has no component '" + name + "'" + Suggestion.nearest(name, known));
        }
        return artifact;
    }

    /** The name of a component's folder: that of its library without {@code camel-}. */
    String folder(String name) {
        return artifact(name).substring(PREFIX.length());
    }
}
