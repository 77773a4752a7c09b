package dev.wayside.validation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the names and values in a file, wherever they stand: endpoints, beans, classes, languages, placeholders. */
final class NameCheck {
    /** Where a uri can be, with what it is for; either alone or as the field {@code uri}. */
    private static final Map<String, EndpointCheck.Role> URIS = Map.of(
            "from", EndpointCheck.Role.FROM,
            "to", EndpointCheck.Role.TO,
            "toD", EndpointCheck.Role.DYNAMIC,
            "wireTap", EndpointCheck.Role.DYNAMIC,
            "poll", EndpointCheck.Role.POLL,
            "deadLetterUri", EndpointCheck.Role.TO,
            "afterUri", EndpointCheck.Role.TO,
            "compensation", EndpointCheck.Role.TO,
            "completion", EndpointCheck.Role.TO);
    /** Their uri is a pattern for those of other steps. */
    private static final Set<String> PATTERNS = Set.of("interceptFrom", "interceptSendToEndpoint");

    private static final Set<String> CLASSES = Set.of("exception", "exceptionType", "beanType");
    private static final Set<String> DATA_FORMATS = Set.of("marshal", "unmarshal");

    private final ComponentCatalog catalog;
    private final ProgramPolicy programs;
    private final Placeholders placeholders;
    private final EndpointCheck endpoints;
    private final ComputedEndpoints computed;
    private final BeanCheck beans;
    private final Mistakes mistakes;

    NameCheck(
            ComponentCatalog catalog,
            ProgramPolicy programs,
            Placeholders placeholders,
            EndpointCheck endpoints,
            BeanCheck beans,
            Mistakes mistakes) {
        this.catalog = catalog;
        this.programs = programs;
        this.placeholders = placeholders;
        this.endpoints = endpoints;
        this.computed = new ComputedEndpoints(catalog, programs, placeholders, mistakes);
        this.beans = beans;
        this.mistakes = mistakes;
    }

    /** Checks a file, or a part of it. */
    void check(YamlNode root) {
        visit(root, "", 0);
    }

    /**
     * Visits a node and what is in it.
     *
     * @param name the name of the field whose value it is, or of the list it is in
     */
    private void visit(YamlNode node, String name, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        if (node.isScalar()) {
            scalar(node, name);
            return;
        }
        if (node.isMapping()) {
            mapping(node, name);
        }
        node.items().forEach(item -> visit(item, name, depth + 1));
        for (YamlNode.Field field : node.fields()) {
            if (isPlainData(field.name())) {
                data(field.value(), depth + 1);
            } else {
                visit(field.value(), field.camelName(), depth + 1);
            }
        }
    }

    /** The fields of these are a user's own names, and not those of Camel. */
    private static boolean isPlainData(String field) {
        return field.equals("parameters") || field.equals("properties") || field.equals("constructors");
    }

    private void data(YamlNode node, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        if (node.isScalar()) {
            placeholders.check(node, node.text(), mistakes);
        }
        node.items().forEach(item -> data(item, depth + 1));
        node.fields().forEach(field -> data(field.value(), depth + 1));
    }

    private void mapping(YamlNode node, String name) {
        Optional<YamlNode> uri = node.get("uri").filter(YamlNode::isScalar);
        if (uri.isPresent()) {
            if (!PATTERNS.contains(name)) {
                endpoint(uri.get(), node.get("parameters"), URIS.getOrDefault(name, EndpointCheck.Role.TO));
            }
        } else if (name.equals("kamelet")) {
            node.get("name")
                    .ifPresent(kamelet -> endpoints.kameletStep(
                            kamelet, kamelet.text(), node.get("parameters"), placeholders::insert));
        }
        computed.check(name, node);
        if (name.equals("beans")) {
            beans.declaration(node);
            node.get("scriptLanguage").ifPresent(language -> language(language, language.text()));
        }
        if (name.equals("language")) {
            node.get("language").ifPresent(language -> language(language, language.text()));
        }
        for (YamlNode.Field field : node.fields()) {
            if (!isPlainData(field.name())) {
                language(field.key(), field.camelName());
            }
            if (DATA_FORMATS.contains(name)) {
                dataFormat(field);
            }
        }
    }

    private void endpoint(YamlNode uri, Optional<YamlNode> parameters, EndpointCheck.Role role) {
        endpoints.check(uri, placeholders.insert(uri.text()), parameters, role, placeholders::insert);
    }

    private void language(YamlNode where, String language) {
        programs.refusalOfLanguage(language)
                .or(() -> catalog.missing("language", language))
                .ifPresent(reason -> mistakes.add(where, reason));
    }

    private void dataFormat(YamlNode.Field field) {
        String format =
                switch (field.camelName()) {
                    case "json" ->
                        field.value()
                                .get("library")
                                .map(YamlNode::text)
                                .orElse("jackson")
                                .toLowerCase(Locale.ROOT);
                    case "yaml" -> "snakeYaml";
                    default -> field.camelName();
                };
        catalog.missing("dataformat", format).ifPresent(reason -> mistakes.add(field.key(), reason));
    }

    private void scalar(YamlNode node, String name) {
        placeholders.check(node, node.text(), mistakes);
        if (URIS.containsKey(name)) {
            endpoint(node, Optional.empty(), URIS.get(name));
        } else if (name.equals("kamelet")) {
            endpoints.kameletStep(node, node.text(), Optional.empty(), placeholders::insert);
        } else if (name.equals("ref")) {
            beans.reference(node);
        } else if (CLASSES.contains(name)) {
            beans.className(node);
        }
    }
}
