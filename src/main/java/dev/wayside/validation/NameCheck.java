package dev.wayside.validation;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks the names and values in a file, wherever they stand: endpoints, beans, classes, languages, placeholders. */
final class NameCheck {
    /** Steps whose endpoint is computed for each message. */
    private static final Set<String> DYNAMIC =
            Set.of("toD", "wireTap", "enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");
    /** Steps that can be written as only a uri. */
    private static final Set<String> URI_STEPS = Set.of("to", "toD", "poll");

    private static final Set<String> CLASSES = Set.of("exception", "exceptionType", "beanType");
    private static final Set<String> DATA_FORMATS = Set.of("marshal", "unmarshal");

    private final ComponentCatalog catalog;
    private final ProgramPolicy programs;
    private final Placeholders placeholders;
    private final EndpointCheck endpoints;
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
        this.beans = beans;
        this.mistakes = mistakes;
    }

    /** Checks a file, or a part of it. */
    void check(YamlNode root) {
        visit(root, "", false, 0);
    }

    /**
     * Visits a node and what is in it.
     *
     * @param name the name of the field whose value it is, or of the list it is in
     * @param dynamic whether it belongs to a step whose endpoint is computed
     */
    private void visit(YamlNode node, String name, boolean dynamic, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        if (node.isScalar()) {
            scalar(node, name, dynamic);
            return;
        }
        if (node.isMapping()) {
            mapping(node, name);
        }
        node.items().forEach(item -> visit(item, name, dynamic, depth + 1));
        for (YamlNode.Field field : node.fields()) {
            boolean inside =
                    DYNAMIC.contains(field.name()) || dynamic && !field.name().equals("steps");
            if (isPlainData(field.name())) {
                data(field.value(), depth + 1);
            } else {
                visit(field.value(), field.name(), inside, depth + 1);
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
            beans.value(node);
        }
        node.items().forEach(item -> data(item, depth + 1));
        node.fields().forEach(field -> data(field.value(), depth + 1));
    }

    private void mapping(YamlNode node, String name) {
        Optional<YamlNode> uri = node.get("uri").filter(YamlNode::isScalar);
        if (uri.isPresent()) {
            EndpointCheck.Role role = name.equals("from")
                    ? EndpointCheck.Role.FROM
                    : DYNAMIC.contains(name) ? EndpointCheck.Role.DYNAMIC : EndpointCheck.Role.TO;
            endpoints.check(
                    uri.get(),
                    placeholders.insert(uri.get().text()),
                    node.get("parameters"),
                    role,
                    placeholders::insert);
        } else if (name.equals("kamelet")) {
            node.get("name")
                    .ifPresent(kamelet -> endpoints.kameletStep(
                            kamelet, kamelet.text(), node.get("parameters"), placeholders::insert));
        }
        if (name.equals("beans")) {
            beans.declaration(node);
            node.get("scriptLanguage").ifPresent(language -> language(language, language.text()));
        }
        if (name.equals("language")) {
            node.get("language").ifPresent(language -> language(language, language.text()));
        }
        for (YamlNode.Field field : node.fields()) {
            if (!isPlainData(field.name())) {
                language(field.key(), field.name());
            }
            if (DATA_FORMATS.contains(name)) {
                dataFormat(field);
            }
        }
    }

    private void language(YamlNode where, String language) {
        programs.refusalOfLanguage(language)
                .or(() -> catalog.missing("language", language))
                .ifPresent(reason -> mistakes.add(where, reason));
    }

    private void dataFormat(YamlNode.Field field) {
        String format =
                switch (field.name()) {
                    case "json" ->
                        field.value()
                                .get("library")
                                .map(YamlNode::text)
                                .orElse("jackson")
                                .toLowerCase(Locale.ROOT);
                    case "yaml" -> "snakeYaml";
                    default -> field.name();
                };
        catalog.missing("dataformat", format).ifPresent(reason -> mistakes.add(field.key(), reason));
    }

    private void scalar(YamlNode node, String name, boolean dynamic) {
        String text = node.text();
        placeholders.check(node, text, mistakes);
        if (URI_STEPS.contains(name)) {
            endpoints.check(
                    node,
                    placeholders.insert(text),
                    Optional.empty(),
                    name.equals("toD") ? EndpointCheck.Role.DYNAMIC : EndpointCheck.Role.TO,
                    placeholders::insert);
        } else if (name.equals("kamelet")) {
            endpoints.kameletStep(node, text, Optional.empty(), placeholders::insert);
        } else if (dynamic && !name.equals("uri")) {
            programs.refusedIn(placeholders.insert(text)).stream()
                    .flatMap(scheme -> programs.refusalOfComponent(scheme).stream())
                    .distinct()
                    .forEach(reason -> mistakes.add(node, reason));
        } else if (name.equals("ref")) {
            beans.reference(node);
        } else if (CLASSES.contains(name)) {
            beans.className(node);
        }
    }
}
