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
    private static final String FOLDER = "lib";
    private static final String COMMAND = "./wayside component ";

    private final OwnLibraries own = OwnLibraries.read();
    private final AddedComponents added;
    /** Read when it is needed, because that takes a second. */
    private ComponentNames names;

    /**
     * An added component.
     *
     * @param name as in {@code lib/}
     * @param version of Camel
     * @param libraries their number, the component's own included
     * @param bytes their size
     * @param remedy the command that helps if it is for another version of Wayside; empty if it is for this one
     */
    public record Added(String name, String version, int libraries, long bytes, String remedy) {
        /** Whether it fits this version of Wayside. */
        public boolean isCurrent() {
            return remedy.isEmpty();
        }
    }

    /**
     * Works in {@code lib/}, which the launcher puts on the class path; it need not exist.
     *
     * @param home Wayside's own folder
     */
    public Components(Path home) {
        added = new AddedComponents(home.resolve(FOLDER), own);
    }

    /**
     * Adds a component.
     *
     * @param name as in a URI, or that of its library
     * @param offline whether Maven may only use its local repository
     * @param output gets each line that Maven prints
     * @return the component; empty if it was there before, because it is part of Wayside or already added
     * @throws InvalidInputException if there is no such component or no Maven, if it conflicts with a library in use, or
     *     if the user has made a folder of its name
     * @throws UnavailableException if Maven or the disk fails
     */
    public Optional<Added> add(String name, boolean offline, Consumer<String> output)
            throws IOException, InterruptedException {
        String folder = names().folder(name);
        Library library = own.camelOfThisVersion(library(name));
        if (own.has(library) || added.find(folder).filter(this::isCurrent).isPresent()) {
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
        return names().artifact(name);
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
        String folder = added.find(name).isPresent() ? name : names().folder(name);
        if (added.find(folder).isEmpty()) {
            String others = added.list().stream().map(ComponentFolder::name).collect(Collectors.joining(", "));
            throw new InvalidInputException("The component " + folder + " was not added"
                    + (others.isEmpty() ? "; none was." : "; these were: " + others + "."));
        }
        added.remove(folder);
        return folder;
    }

    private ComponentNames names() {
        if (names == null) {
            names = ComponentNames.read();
        }
        return names;
    }

    private Added describe(ComponentFolder folder) throws IOException {
        return new Added(
                folder.name(),
                folder.version(),
                folder.libraries().size(),
                ComponentFolder.size(added.folder(folder.name())),
                remedy(folder));
    }

    /** What Wayside has itself now need not be added any more. */
    private String remedy(ComponentFolder folder) {
        if (own.has(folder.libraries().get(0))) {
            return COMMAND + "remove " + folder.name();
        }
        return isCurrent(folder) ? "" : COMMAND + "add " + folder.name();
    }

    /** Besides the version of Camel, what it brings must be what Wayside lacks. */
    private boolean isCurrent(ComponentFolder folder) {
        Library library = folder.libraries().get(0);
        return library.equals(own.camelOfThisVersion(library.artifact()))
                && folder.libraries().stream().noneMatch(own::has);
    }
}
