package dev.wayside.component;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library by its Maven coordinates.
 *
 * @param group such as {@code org.apache.kafka}
 * @param artifact such as {@code kafka-clients}
 * @param version such as {@code 3.9.1}
 * @param classifier such as {@code linux-x86_64}; empty for most
 */
record Library(String group, String artifact, String version, String classifier) {
    private static final Pattern LISTED =
            Pattern.compile("([^:\\s]+):([^:]+):jar:(?:([^:]+):)?([^:]+):(?:compile|runtime)\\b.*");
    private static final Pattern MINOR = Pattern.compile("(\\d+)(?:\\.(\\d+))?.*");

    /** A line of {@code mvn dependency:list}; empty for any other line. */
    static Optional<Library> listed(String line) {
        Matcher found = LISTED.matcher(line.strip());
        return found.matches()
                ? Optional.of(new Library(
                        found.group(1), found.group(2), found.group(4), found.group(3) == null ? "" : found.group(3)))
                : Optional.empty();
    }

    /**
     * The library of a file in a Maven repository.
     *
     * @param file relative to the repository, {@code org/slf4j/slf4j-api/2.0.20/slf4j-api-2.0.20.jar}
     */
    static Library inRepository(Path file) {
        int depth = file.getNameCount();
        String version = file.getName(depth - 2).toString();
        String artifact = file.getName(depth - 3).toString();
        String group = file.subpath(0, depth - 3).toString().replace('/', '.');
        String name = file.getFileName().toString();
        String rest = name.substring((artifact + "-" + version).length(), name.length() - ".jar".length());
        return new Library(group, artifact, version, rest.isEmpty() ? "" : rest.substring(1));
    }

    /** Whether a text is what {@link #toString()} returns. */
    static boolean isOne(String coordinates) {
        return coordinates.matches("[^:]+(:[^:]+){2,3}");
    }

    /** The reverse of {@link #toString()}. */
    static Library parse(String coordinates) {
        String[] parts = coordinates.split(":", -1);
        return new Library(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "");
    }

    /** What two versions of a library have in common. */
    String name() {
        return group + ":" + artifact + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    /** A file name that no other library has. */
    String fileName() {
        return group + "." + artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    /**
     * Whether this version can serve a component that was built with another one: by semantic versioning, the major number
     * must be the same, and the minor number must not be lower.
     */
    boolean canReplace(Library other) {
        if (version.equals(other.version)) {
            return true;
        }
        Matcher mine = MINOR.matcher(version);
        Matcher theirs = MINOR.matcher(other.version);
        return mine.matches()
                && theirs.matches()
                && mine.group(1).equals(theirs.group(1))
                && minor(mine) >= minor(theirs);
    }

    private static int minor(Matcher version) {
        return version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
    }
}
