package dev.wayside.assembly;

/** Wayside's own version. */
public final class Version {
    private Version() {}

    /** The version in the jar's manifest, or {@code unpackaged} if there is no jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
