package dev.wayside.component;

import dev.wayside.config.Suggestion;
import dev.wayside.failure.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;

/**
 * The names of Camel's components, data formats and languages, and the libraries that contain them, from Camel's catalog.
 */
final class ComponentNames {
    private static final String GROUP = "org.apache.camel";
    private static final String PREFIX = "camel-";

    private final Map<String, String> artifactOfName = new TreeMap<>();
    private final Set<String> artifacts = new TreeSet<>();

    private ComponentNames() {}

    /** Reads the catalog. */
    static ComponentNames read() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        ComponentNames names = new ComponentNames();
        // If a language or a data format has the name of a component, the name means the component.
        names.add(catalog.findLanguageNames(), catalog::languageModel);
        names.add(catalog.findDataFormatNames(), catalog::dataFormatModel);
        names.add(catalog.findComponentNames(), catalog::componentModel);
        return names;
    }

    private void add(Iterable<String> names, Function<String, ArtifactModel<?>> model) {
        for (String name : names) {
            ArtifactModel<?> found = model.apply(name);
            if (found.getGroupId().equals(GROUP)) {
                artifactOfName.put(name, found.getArtifactId());
                artifacts.add(found.getArtifactId());
            }
        }
    }

    /**
     * The library with the component.
     *
     * @param name as in a URI, {@code smtp}, or that of the library, {@code camel-mail} or {@code mail}
     * @throws InvalidInputException if there is no such component; the message has the nearest name
     */
    String artifact(String name) {
        String artifact = artifactOfName.get(name);
        if (artifact != null) {
            return artifact;
        }
        return Stream.of(name, PREFIX + name)
                .filter(artifacts::contains)
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private InvalidInputException unknown(String name) {
        Set<String> known = new TreeSet<>(artifactOfName.keySet());
        known.addAll(artifacts);
        return new InvalidInputException("Camel has no component '" + name + "'" + Suggestion.nearest(name, known));
    }

    /** The name of a component's folder: that of its library without {@code camel-}. */
    String folder(String name) {
        return artifact(name).substring(PREFIX.length());
    }
}
