package dev.wayside.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Camel's schema of its YAML DSL, which camel-yaml-dsl contains. Alternatives are merged: a step can be written in short or
 * in full, and whichever form is used, the same names are valid.
 */
final class DslSchema {
    private static final String RESOURCE = "/schema/camelYamlDsl.json";
    private static final String DEFINITIONS = "#/items/definitions/";

    private final JsonNode root;
    private final Map<JsonNode, Shape> shapes = new IdentityHashMap<>();

    DslSchema() {
        try (InputStream in = DslSchema.class.getResourceAsStream(RESOURCE)) {
            root = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is valid at one place.
     *
     * @param fields the schema of each field of a mapping
     * @param required the fields that must be there
     * @param item the schema of a list's items; null if a list is not valid
     * @param scalar whether a single value is valid
     * @param open whether a mapping may have any fields
     * @param single whether a mapping has exactly one field
     * @param type the type of a single value: string, boolean, number or integer
     * @param values the values to choose from; empty if there is no choice
     */
    record Shape(
            Map<String, JsonNode> fields,
            Set<String> required,
            JsonNode item,
            boolean scalar,
            boolean open,
            boolean single,
            String type,
            List<String> values) {
        boolean isMapping() {
            return open || !fields.isEmpty();
        }
    }

    /** The entries of a route file. */
    JsonNode entry() {
        return root.get("items");
    }

    /** A definition by the simple name of its class, such as {@code RouteTemplateDefinition}. */
    JsonNode definition(String name) {
        return root.at("/items/definitions/org.apache.camel.model." + name);
    }

    Shape shape(JsonNode schema) {
        return shapes.computeIfAbsent(schema, this::merge);
    }

    private Shape merge(JsonNode schema) {
        Merged merged = new Merged();
        merged.add(schema, true);
        return new Shape(
                merged.fields,
                merged.required,
                merged.item,
                merged.scalar,
                merged.open && merged.fields.isEmpty(),
                merged.single,
                merged.type,
                merged.values);
    }

    private JsonNode definitionOf(String reference) {
        return root.get("items").get("definitions").get(reference.substring(DEFINITIONS.length()));
    }

    private final class Merged {
        private final Map<String, JsonNode> fields = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private final List<String> values = new ArrayList<>();
        private JsonNode item;
        private boolean scalar;
        private boolean open;
        private boolean single;
        private String type = "string";

        void add(JsonNode schema, boolean always) {
            if (schema.has("$ref")) {
                add(definitionOf(schema.get("$ref").asText()), always);
            }
            switch (schema.path("type").asText()) {
                case "array" -> item = schema.path("items");
                case "object" -> open = true;
                case "string", "boolean", "number", "integer" -> {
                    scalar = true;
                    type = schema.get("type").asText();
                    schema.path("enum").forEach(value -> values.add(value.asText()));
                }
                default -> {
                    // The type is that of the alternatives.
                }
            }
            single |= schema.path("maxProperties").asInt() == 1;
            schema.path("properties").properties().forEach(field -> {
                // An empty schema only repeats the name of a field that an alternative describes.
                if (!field.getValue().isEmpty() || !fields.containsKey(field.getKey())) {
                    fields.put(field.getKey(), field.getValue());
                }
            });
            if (always) {
                schema.path("required").forEach(name -> required.add(name.asText()));
            }
            for (String alternatives : List.of("oneOf", "anyOf", "allOf")) {
                for (JsonNode alternative : schema.path(alternatives)) {
                    if (!alternative.has("not")) {
                        add(alternative, false);
                    }
                }
            }
        }
    }
}
