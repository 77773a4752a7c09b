package dev.wayside.component;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Adds, lists and removes components of Camel that Wayside does not bring, in exactly Wayside's version of Camel. */
public final class Components {
    private final ComponentNames names = ComponentNames.read();
    private final OwnLibraries own = OwnLibraries.read();
    private final AddedComponents added;

    /**
     * An added component.
     *
     * @param name as in {@code lib/}
     * @param version of Camel
     * @param libraries their number, the component's own included
     * @param bytes their size
     * @param isCurrent whether Wayside uses the same version of Camel
     */
    public record Added(String name, String version, int libraries, long bytes, boolean isCurrent) {}

    /**
     * Works in a folder.
     *
     * @param lib the folder that the launcher puts on the class path; need not exist
     */
    public Components(Path lib) {
        added = new AddedComponents(lib, own);
    }

    /**
     * Adds a component.
     *
     * @param name as in a URI, or that of its library
     * @param offline whether Maven may only use its local repository
     * @param output gets each line that Maven prints
     * @return the component; empty if it was there before, because it is part of Wayside or already added
     * @throws InvalidInputException if there is no such component or no Maven, or if it conflicts with a library in use
     * @throws UnavailableException if Maven or the disk fails
     */
    public Optional<Added> add(String name, boolean offline, Consumer<String> output)
            throws IOException, InterruptedException {
        String folder = names.folder(name);
        Library library = own.camelOfThisVersion(library(name));
        Optional<ComponentFolder> there = added.find(folder);
        if (own.has(library)
                || there.isPresent() && there.get().libraries().get(0).equals(library)) {
            return Optional.empty();
        }
        return Optional.of(describe(added.add(folder, library, new MavenResolver("mvn", offline, output))));
    }

    /**
     * The name of Camel's library with the component.
     *
     * @param name as for {@link #add}
     * @throws InvalidInputException if there is no such component
     */
    public String library(String name) {
        return names.artifact(name);
    }

    /** Whether the component is a part of Wayside, so that it need not be added. */
    public boolean isPartOfWayside(String name) {
        return own.has(own.camelOfThisVersion(library(name)));
    }

    /** All added components, by name. */
    public List<Added> list() throws IOException {
        List<Added> all = new ArrayList<>();
        for (ComponentFolder each : added.list()) {
            all.add(describe(each));
        }
        return all;
    }

    /**
     * Removes a component.
     *
     * @param name as for {@link #add}, or as listed
     * @return its name as listed
     * @throws InvalidInputException if it was not added; the message names those that were
     */
    public String remove(String name) throws IOException {
        String folder = added.find(name).isPresent() ? name : names.folder(name);
        if (added.find(folder).isEmpty()) {
            String others = added.list().stream().map(ComponentFolder::name).collect(Collectors.joining(", "));
            throw new InvalidInputException("The component " + folder + " was not added"
                    + (others.isEmpty() ? "; none was." : "; these were: " + others + "."));
        }
        added.remove(folder);
        return folder;
    }

    private Added describe(ComponentFolder folder) throws IOException {
        Library library = folder.libraries().get(0);
        return new Added(
                folder.name(),
                folder.version(),
                folder.libraries().size(),
                ComponentFolder.size(added.folder(folder.name())),
                library.equals(own.camelOfThisVersion(library.artifact())));
    }
}
