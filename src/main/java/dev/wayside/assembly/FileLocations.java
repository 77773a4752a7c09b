package dev.wayside.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultResourceLoader;
import org.apache.camel.impl.engine.DefaultResourceResolvers.FileResolver;
import org.apache.camel.spi.Resource;

/**
 * Files and folders in Camel's words, whatever characters their names have: it takes a location for a URI, a list with
 * commas between, and a pattern.
 */
final class FileLocations {
    private static final String SPECIAL = "%+,*?{}";

    private FileLocations() {}

    /** A folder. */
    static String ofFolder(Path folder) {
        // Without the slash at the end, a folder with a dot in its name would be taken for a file.
        return of(folder.toString()) + "/";
    }

    /** The routes in a folder, one after the other: a pattern cannot name a folder that looks like one. */
    static String ofRoutes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            String routes = files.filter(file -> file.getFileName().toString().matches("[^.].*\\.yaml"))
                    .filter(Files::isRegularFile)
                    .map(file -> of(file.toString()))
                    .sorted()
                    .collect(Collectors.joining(","));
            return routes.isEmpty() ? "false" : routes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a file that is there found by its name as it is, which Camel's own watcher of the routes looks for. */
    static void takeLiterally(CamelContext context) {
        FileResolver resolver = new FileResolver() {
            @Override
            public Resource createResource(String location, String remaining) {
                return super.createResource(
                        location, Files.exists(Path.of(remaining)) ? encoded(remaining) : remaining);
            }
        };
        resolver.setCamelContext(context);
        context.getRegistry().bind(DefaultResourceLoader.RESOURCE_LOADER_KEY_PREFIX + FileResolver.SCHEME, resolver);
    }

    private static String of(String path) {
        return "file:" + encoded(path);
    }

    private static String encoded(String path) {
        return path.chars()
                .mapToObj(each -> SPECIAL.indexOf(each) < 0 ? Character.toString(each) : "%%%02X".formatted(each))
                .collect(Collectors.joining());
    }
}
