package dev.wayside.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;

/** The version of Wayside, and those of what it is made of. */
public final class Version {
    private Version() {}

    /** The version in the jar's manifest, or {@code unpackaged} if there is no jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** By the name of the program or library, in the order in which a user would ask for them. */
    static Map<String, String> all(CamelContext context) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Wayside", current());
        versions.put("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        versions.put("Apache Camel", context.getVersion());
        library(versions, "TensorFlow Lite (JavaCPP)", "org.bytedeco", "tensorflow-lite");
        library(versions, "FFmpeg (JavaCPP)", "org.bytedeco", "ffmpeg");
        library(versions, "OpenCV (JavaCPP)", "org.bytedeco", "opencv");
        library(versions, "SQLite (JDBC)", "org.xerial", "sqlite-jdbc");
        return versions;
    }

    /** Maven writes the version into the jar; a library that was packed otherwise is left out. */
    private static void library(Map<String, String> versions, String name, String group, String artifact) {
        String resource = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Version.class.getResourceAsStream(resource)) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                versions.put(name, properties.getProperty("version"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
