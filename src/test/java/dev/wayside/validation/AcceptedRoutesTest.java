package dev.wayside.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.DefaultExchangeFormatter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real Camel accepts each file of src/test/resources/validation, so the validator finds no mistake in it. */
class AcceptedRoutesTest {
    private static final Path FOLDER = Path.of("src/test/resources/validation");
    private static final Path KAMELETS = FOLDER.resolve("kamelets");
    private static final Map<String, String> VALUES =
            Map.of("watch.words", "x", "camel.beans.mine", "#class:java.util.ArrayList");

    @TempDir
    Path directory;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatCamelAcceptsHasNoMistake(Path file) throws Exception {
        String text = Files.readString(file);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Properties properties = new Properties();
            properties.putAll(VALUES);
            camel.getPropertiesComponent().setInitialProperties(properties);
            camel.getRegistry().bind("journal", "any object");
            camel.getRegistry().bind("mine", "any object");
            camel.getRegistry().bind("formatter", new DefaultExchangeFormatter());
            camel.getRegistry().bind("step", (Processor) exchange -> {});
            camel.getComponent("kamelet", KameletComponent.class).setLocation("file:" + KAMELETS.toAbsolutePath());
            Resource resource = ResourceHelper.fromString(file.getFileName().toString(), text);
            for (RoutesBuilder routes : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource)) {
                camel.addRoutes(routes);
            }
            camel.setAutoStartup(false);
            if (!text.startsWith("# Starts only with ")) {
                camel.start();
            }
        }
        Surroundings surroundings = new Surroundings(
                directory, KAMELETS, VALUES, Set.of("journal", "formatter", "step"), new ProgramPolicy(List.of()));
        assertEquals(
                List.of(),
                new RouteValidator(surroundings)
                        .check(file, text).stream().map(Mistake::sentence).toList());
    }
}
