package dev.wayside.assembly;

/** Wayside's own version. */
public final class Version {
    private Version() {}

    /** As the jar's manifest has it; {@code unpackaged} where there is no jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
