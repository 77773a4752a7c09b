package dev.wayside.validation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what is around the template of a kamelet. */
final class KameletCheck {
    /** The fields of a kamelet, by the path of the mapping that contains them, as Camel and Camel K define them. */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "", List.of("apiVersion", "kind", "metadata", "spec"),
            "spec",
                    List.of(
                            "definition",
                            "dependencies",
                            "template",
                            "types",
                            "dataTypes",
                            "sources",
                            "authorization"));

    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "object", "array", "binary");

    private final StructureCheck structure;
    private final Mistakes mistakes;

    KameletCheck(StructureCheck structure, Mistakes mistakes) {
        this.structure = structure;
        this.mistakes = mistakes;
    }

    void check(Path file, YamlNode root) {
        if (!root.isMapping()) {
            mistakes.add(root, "a kamelet is expected here; it begins with 'apiVersion: camel.apache.org/v1'");
            return;
        }
        fields(root, "");
        root.get("spec").ifPresent(spec -> fields(spec, "spec"));
        String expected = file.getFileName().toString().replace(Kamelets.ENDING, "");
        require(root, "metadata", "name").forEach(name -> {
            if (!name.text().equals(expected)) {
                mistakes.add(name, "the name of a kamelet must be that of its file, " + expected);
            }
        });
        require(root, "spec", "template").forEach(template -> {
            boolean inRoute = template.get("route").isPresent();
            structure.part(template, "RouteTemplateDefinition", Set.of("id"));
            if (template.isMapping() && template.get("from").isEmpty() && !inRoute) {
                mistakes.add(template, "the template has no 'from:', which says where its messages come from");
            }
        });
        root.at("spec", "definition").forEach(this::definition);
    }

    private void fields(YamlNode node, String path) {
        List<String> known = FIELDS.get(path);
        for (YamlNode.Field field : node.fields()) {
            if (!known.contains(field.name())) {
                mistakes.addUnknown(
                        field.key(), "'" + field.name() + "' is not a field of a kamelet", field.name(), known);
            }
        }
    }

    private List<YamlNode> require(YamlNode root, String... path) {
        List<YamlNode> found = root.at(path).toList();
        if (found.isEmpty()) {
            mistakes.add(root, "the kamelet has no " + String.join(".", path));
        }
        return found;
    }

    private void definition(YamlNode definition) {
        Map<String, YamlNode> properties = new HashMap<>();
        definition.get("properties").ifPresent(node -> node.fields()
                .forEach(field -> properties.put(field.name(), field.value())));
        properties.forEach((name, property) -> property.get("type")
                .filter(type -> !TYPES.contains(type.text()))
                .ifPresent(type -> mistakes.addUnknown(
                        type, "'" + type.text() + "' is not a type of a property", type.text(), TYPES)));
        definition
                .at("required")
                .flatMap(list -> list.items().stream())
                .filter(name -> !properties.containsKey(name.text()))
                .forEach(name -> mistakes.addUnknown(
                        name,
                        "the property " + name.text() + " is required but not defined",
                        name.text(),
                        properties.keySet()));
    }
}
