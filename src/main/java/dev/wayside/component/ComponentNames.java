package dev.wayside.component;

import dev.wayside.config.Suggestion;
import dev.wayside.failure.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of Camel's components, data formats and languages, and the libraries that contain them. The build has them
 * from the catalog of the same Camel version, which is too large to ship for this.
 */
final class ComponentNames {
    private static final String PREFIX = "camel-";

    private final Map<String, String> artifactOfName;

    private ComponentNames(Map<String, String> artifactOfName) {
        this.artifactOfName = artifactOfName;
    }

    /** Reads the list in the jar. */
    static ComponentNames read() {
        Map<String, String> artifacts = new TreeMap<>();
        try (InputStream in = ComponentNames.class.getResourceAsStream("/camel-components.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                String[] words = line.split(" ");
                artifacts.put(words[0], words[1]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read camel-components.txt", e);
        }
        return new ComponentNames(artifacts);
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
