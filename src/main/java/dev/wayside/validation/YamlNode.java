package dev.wayside.validation;

import dev.wayside.failure.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A part of a YAML file, with its position. */
record YamlNode(Node node) {
    /**
     * Reads a file's text.
     *
     * @return empty if it contains nothing but comments
     * @throws MistakeException if it is not YAML, or if aliases make it endless or too large
     */
    static Optional<YamlNode> read(Path file, String text) throws MistakeException {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(file.toString()).build();
            Optional<YamlNode> root = new Compose(settings).composeString(text).map(YamlNode::new);
            if (root.isPresent()) {
                new AliasCheck(file).check(root.get());
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            throw new MistakeException(new Mistake(
                    file,
                    mark.map(Mark::getLine).orElse(0) + 1,
                    mark.map(Mark::getColumn).orElse(0) + 1,
                    "this is not YAML: " + (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem()
                            + "; check the indentation and the quotes, here and above"));
        } catch (YamlEngineException e) {
            String reason = Reason.line(String.valueOf(e.getMessage()));
            throw new MistakeException(new Mistake(
                    file,
                    1,
                    1,
                    reason.startsWith("special characters are not allowed")
                            ? "it contains a control character, which YAML does not allow"
                            : "this is not YAML: " + reason));
        } catch (StackOverflowError e) {
            throw new MistakeException(new Mistake(file, 1, 1, "it is nested too deeply"));
        }
    }

    /** A field of a mapping. */
    record Field(YamlNode key, YamlNode value) {
        /** As written. */
        String name() {
            return key.text();
        }

        /** As Camel's YAML DSL reads it, where {@code batch-size} is the same as {@code batchSize}. */
        String camelName() {
            return StringHelper.dashToCamelCase(key.text());
        }
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** Whether it is written as {@code ~}, as {@code null} or not at all. */
    boolean isNull() {
        return node instanceof ScalarNode scalar && Tag.NULL.equals(scalar.getTag());
    }

    /** The text of a scalar; empty for anything else and for null. */
    String text() {
        return node instanceof ScalarNode scalar && !isNull() ? scalar.getValue() : "";
    }

    /** The fields of a mapping, in their order; empty for anything else. */
    List<Field> fields() {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(tuple -> new Field(new YamlNode(tuple.getKeyNode()), new YamlNode(tuple.getValueNode())))
                        .toList()
                : List.of();
    }

    /** The items of a list; empty for anything else. */
    List<YamlNode> items() {
        return node instanceof SequenceNode list
                ? list.getValue().stream().map(YamlNode::new).toList()
                : List.of();
    }

    /** The value of a field, which may be written with dashes. */
    Optional<YamlNode> get(String name) {
        return fields().stream()
                .filter(field -> field.name().equals(name) || field.camelName().equals(name))
                .map(Field::value)
                .findFirst();
    }

    /** The values at a path of fields, through lists. */
    Stream<YamlNode> at(String... path) {
        Stream<YamlNode> found = Stream.of(this);
        for (String name : path) {
            found = found.flatMap(each -> each.isList() ? each.items().stream() : Stream.of(each))
                    .flatMap(each -> each.get(name).stream());
        }
        return found;
    }

    int line() {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    int column() {
        return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }
}
