package dev.wayside.component;

import dev.wayside.failure.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The libraries of Wayside itself, from the list that the build puts into the jar. */
final class OwnLibraries {
    private static final String CAMEL = "org.apache.camel";

    private final Map<String, Library> byName;

    OwnLibraries(List<Library> libraries) {
        byName = new LinkedHashMap<>();
        libraries.forEach(library -> byName.put(library.name(), library));
    }

    /**
     * Reads the list in the jar.
     *
     * @throws IllegalStateException if this build has none
     */
    static OwnLibraries read() {
        try (InputStream in = OwnLibraries.class.getResourceAsStream("/libraries.txt")) {
            if (in == null) {
                throw new IllegalStateException("this build of Wayside lacks libraries.txt: build it again");
            }
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return new OwnLibraries(lines.lines()
                        .flatMap(line -> Library.listed(line).stream())
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read libraries.txt", e);
        }
    }

    /** Whether the library is part of Wayside, in whatever version. */
    boolean has(Library library) {
        return byName.containsKey(library.name());
    }

    /** Camel's library of that name in exactly Wayside's version of Camel. */
    Library camelOfThisVersion(String artifact) {
        return new Library(CAMEL, artifact, byName.get(CAMEL + ":camel-main").version(), "");
    }

    /**
     * What a component needs in addition to these libraries.
     *
     * @param component its own library
     * @param needed all libraries that it needs
     * @throws InvalidInputException if it needs a version for which Wayside's cannot stand in; the message names both
     */
    List<Library> without(Library component, List<Library> needed) {
        List<Library> missing = new ArrayList<>();
        for (Library library : needed) {
            Library used = byName.get(library.name());
            if (used == null) {
                missing.add(library);
            } else if (!used.canReplace(library)) {
                throw new InvalidInputException(component.artifact() + " needs " + library + ", but Wayside uses "
                        + used + ", which is not compatible: this component cannot be added.");
            }
        }
        return missing;
    }
}
