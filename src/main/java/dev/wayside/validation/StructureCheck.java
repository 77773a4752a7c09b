package dev.wayside.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.validation.DslSchema.Shape;
import java.util.HashSet;
import java.util.Set;

/** Checks the structure of a route against Camel's schema: the names of steps and fields, and what is in them. */
final class StructureCheck {
    /** Deeper than any route, and shallow enough for the stack. */
    static final int DEEPEST = 200;

    private final DslSchema schema;
    private final Mistakes mistakes;

    StructureCheck(DslSchema schema, Mistakes mistakes) {
        this.schema = schema;
        this.mistakes = mistakes;
    }

    /** Checks the list of entries that a route file is. */
    void routes(YamlNode root) {
        if (!root.isList()) {
            mistakes.add(
                    root,
                    "it defines no route; a route file is a list, each of its entries beginning with '- route:',"
                            + " '- routeTemplate:', '- routeConfiguration:' or '- beans:'");
            return;
        }
        for (YamlNode entry : root.items()) {
            if (!entry.isMapping()) {
                mistakes.add(entry, "a route, routeTemplate, routeConfiguration or beans is expected here");
            } else {
                check(entry, schema.entry(), "a route file", 0);
            }
        }
    }

    /** Checks a part, such as the template of a kamelet. */
    void part(YamlNode node, String definition, Set<String> notRequired) {
        check(node, schema.definition(definition), definition, 0, notRequired);
    }

    private void check(YamlNode node, JsonNode expected, String where, int depth) {
        check(node, expected, where, depth, Set.of());
    }

    private void check(YamlNode node, JsonNode expected, String where, int depth, Set<String> notRequired) {
        if (depth > DEEPEST) {
            mistakes.add(node, "it is nested too deeply");
            return;
        }
        Shape shape = schema.shape(expected);
        if (shape.item() == null && !shape.scalar() && !shape.isMapping()) {
            return;
        }
        if (node.isMapping() && shape.isMapping()) {
            fields(node, shape, where, depth, notRequired);
        } else if (node.isList() && shape.item() != null) {
            node.items().forEach(item -> check(item, shape.item(), where, depth + 1));
        } else if (node.isScalar() && shape.scalar()) {
            value(node, shape);
        } else if (shape.item() != null && !(node.isScalar() && shape.scalar())) {
            mistakes.add(node, "a list is expected here; each entry begins with '- '");
        } else if (shape.isMapping() && !(node.isNull() && shape.required().isEmpty())) {
            mistakes.add(node, "fields are expected here, as 'name: value'");
        } else if (!shape.isMapping()) {
            mistakes.add(node, "a single value is expected here");
        }
    }

    private void fields(YamlNode node, Shape shape, String where, int depth, Set<String> notRequired) {
        if (shape.open()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        boolean unknown = false;
        for (YamlNode.Field field : node.fields()) {
            // Only the names of steps must not have dashes.
            String name = shape.single() ? field.name() : field.camelName();
            if (!shape.fields().containsKey(name)) {
                unknown = true;
                mistakes.addUnknown(
                        field.key(),
                        shape.single()
                                ? "'" + name + "' is not a step or part of a route that Camel knows"
                                : "'" + name + "' is not a field that Camel knows here",
                        name,
                        shape.fields().keySet());
            } else if (!seen.add(name)) {
                mistakes.add(field.key(), "the field '" + name + "' appears twice");
            } else if (shape.single() && seen.size() > 1) {
                mistakes.add(
                        field.key(),
                        "'" + name + "' stands beside another step; begin it with '- ', or indent it further if it"
                                + " belongs to that step");
            } else {
                check(field.value(), shape.fields().get(name), name, depth + 1);
            }
        }
        // What is missing was probably misspelled.
        for (String name : unknown ? Set.<String>of() : shape.required()) {
            if (!seen.contains(name) && !notRequired.contains(name)) {
                mistakes.add(
                        node,
                        name.equals("from")
                                ? "the route has no 'from:', which says where its messages come from"
                                : "the '" + name + ":' is missing here");
            }
        }
    }

    private void value(YamlNode node, Shape shape) {
        String text = node.text();
        if (text.contains("{{") || text.startsWith("#") || text.contains("${")) {
            return;
        }
        boolean valid =
                switch (shape.type()) {
                    case "boolean" -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
                    case "number", "integer" -> text.matches("[-+]?[0-9]+(\\.[0-9]+)?");
                    default ->
                        shape.values().isEmpty() || shape.values().stream().anyMatch(text::equalsIgnoreCase);
                };
        if (!valid) {
            mistakes.add(
                    node,
                    "this value is not valid; it must be "
                            + switch (shape.type()) {
                                case "boolean" -> "true or false";
                                case "number", "integer" -> "a number";
                                default -> String.join(" or ", shape.values());
                            });
        }
    }
}
