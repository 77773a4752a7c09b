package dev.wayside.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;
import org.apache.camel.tooling.model.ComponentModel;

/** Camel's catalog, and which of its parts are on the class path. Components of others describe themselves. */
final class ComponentCatalog {
    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private final CamelCatalog catalog = new DefaultCamelCatalog(true);
    private final ClassLoader classes;

    ComponentCatalog() {
        this(ComponentCatalog.class.getClassLoader());
    }

    /**
     * Reads the catalog.
     *
     * @param classes has what is installed
     */
    ComponentCatalog(ClassLoader classes) {
        this.classes = classes;
    }

    /** The description of a component with its options; empty if nobody knows the component. */
    Optional<ComponentModel> component(String scheme) {
        ComponentModel known = catalog.componentModel(scheme);
        if (known == null && isInstalled("component", scheme)) {
            describeItself(scheme);
            known = catalog.componentModel(scheme);
        }
        return Optional.ofNullable(known);
    }

    /** Whether a component, language or data format is on the class path. */
    boolean isInstalled(String kind, String name) {
        return name.matches("[A-Za-z0-9+._-]+") && classes.getResource(SERVICES + kind + "/" + name) != null;
    }

    /** Whether Camel has a language of that name, installed or not. */
    boolean isLanguage(String name) {
        return catalog.findLanguageNames().contains(name);
    }

    Set<String> components() {
        return new HashSet<>(catalog.findComponentNames());
    }

    /**
     * Why a language or data format cannot be used.
     *
     * @param kind {@code language} or {@code dataformat}
     */
    Optional<String> missing(String kind, String name) {
        Predicate<String> known = kind.equals("language")
                ? catalog.findLanguageNames()::contains
                : catalog.findDataFormatNames()::contains;
        if (!known.test(name) || isInstalled(kind, name) || catalog.languageModel(name) != null && isOfTheCore(name)) {
            return Optional.empty();
        }
        return Optional.of(
                kind.equals("language")
                        ? "the language " + name + notInstalled(catalog.languageModel(name))
                        : "the data format " + name + notInstalled(catalog.dataFormatModel(name)));
    }

    /** The end of a sentence about a part of Camel that is not on the class path: what installs it. */
    String notInstalled(ArtifactModel<?> part) {
        String artifact = part.getArtifactId();
        String name = artifact.replaceFirst("^camel-", "");
        // A component of that name in another library would be installed instead.
        ComponentModel other = catalog.componentModel(name);
        boolean unique = other == null || other.getArtifactId().equals(artifact);
        return " is not installed; it is in " + artifact + ", which ./wayside component add "
                + (unique ? name : artifact) + " installs";
    }

    private boolean isOfTheCore(String language) {
        return catalog.languageModel(language).getArtifactId().startsWith("camel-core");
    }

    private void describeItself(String scheme) {
        try (InputStream in = classes.getResourceAsStream(SERVICES + "component/" + scheme)) {
            Properties service = new Properties();
            service.load(in);
            String className = service.getProperty("class", "");
            String folder = className.replaceFirst("\\.[^.]*$", "").replace('.', '/');
            URL description =
                    classes.getResource("META-INF/" + folder + "/" + scheme.toLowerCase(Locale.ROOT) + ".json");
            if (description != null) {
                try (InputStream json = description.openStream()) {
                    catalog.addComponent(scheme, className, new String(json.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
