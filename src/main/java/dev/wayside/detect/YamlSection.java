package dev.wayside.detect;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One mapping of a YAML file, read strictly: for a missing, mistyped or unknown key it throws an exception that names
 * file, key, value and what is allowed.
 */
final class YamlSection {
    private final Path file;
    private final String path;
    private final Map<?, ?> values;
    private final TreeSet<String> known = new TreeSet<>();

    private YamlSection(Path file, String path, Map<?, ?> values) {
        this.file = file;
        this.path = path;
        this.values = values;
    }

    /** Reads a file whose root is a mapping. */
    static YamlSection read(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .build();
        if (!Files.exists(file)) {
            throw new ModelFolderException(file
                    + " does not exist; a model folder holds model.yaml, the model and its labels (docs/models.md).");
        }
        try {
            Object root = new Load(settings).loadFromString(TextFile.read(file));
            if (root instanceof Map<?, ?> map) {
                return new YamlSection(file, "", map);
            }
            throw new ModelFolderException(
                    file + " does not contain keys and values; see docs/models.md for a complete example.");
        } catch (ModelFolderException e) {
            throw e;
        } catch (InvalidInputException e) {
            throw new ModelFolderException(e.getMessage(), e);
        } catch (YamlEngineException e) {
            throw new ModelFolderException(
                    file + " is not valid YAML: " + e.getMessage().strip(), e);
        }
    }

    boolean has(String key) {
        known.add(key);
        return values.get(key) != null;
    }

    String text(String key) {
        Object value = require(key, "text");
        if (value instanceof String text && !text.isBlank()) {
            return text.strip();
        }
        throw wrong(key, "text");
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    int whole(String key, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        if (require(key, allowed) instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        throw wrong(key, allowed);
    }

    int whole(String key, int min, int max, int otherwise) {
        return has(key) ? whole(key, min, max) : otherwise;
    }

    float number(String key, double min, double max) {
        String allowed = "a number from " + min + " to " + max;
        if (require(key, allowed) instanceof Number number && within(number, min, max)) {
            return number.floatValue();
        }
        throw wrong(key, allowed);
    }

    float number(String key, double min, double max, double otherwise) {
        return has(key) ? number(key, min, max) : (float) otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (values.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "true or false");
    }

    String choice(String key, Collection<String> allowed) {
        String sentence = "one of " + String.join(", ", allowed);
        if (require(key, sentence) instanceof String text && allowed.contains(text)) {
            return text;
        }
        throw wrong(key, sentence);
    }

    String choice(String key, Collection<String> allowed, String otherwise) {
        return has(key) ? choice(key, allowed) : otherwise;
    }

    /** A list of numbers, each within the limits. */
    List<Float> numbers(String key, double min, double max) {
        String allowed = "a list of numbers from " + min + " to " + max;
        if (!(require(key, allowed) instanceof List<?> list) || list.isEmpty()) {
            throw wrong(key, allowed);
        }
        List<Float> result = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Number number) || !within(number, min, max)) {
                throw wrong(key, allowed);
            }
            result.add(number.floatValue());
        }
        return List.copyOf(result);
    }

    /** A list of {@code count} numbers, or one number that applies to all. */
    List<Float> numbers(String key, double min, double max, int count) {
        if (require(key, "a number or a list of " + count) instanceof Number) {
            return List.copyOf(java.util.Collections.nCopies(count, number(key, min, max)));
        }
        List<Float> result = numbers(key, min, max);
        if (result.size() != count) {
            throw wrong(key, "one number or a list of " + count);
        }
        return result;
    }

    /** The texts of a list that names each of {@code allowed} exactly once, in the file's order. */
    List<String> order(String key, List<String> allowed) {
        if (!has(key)) {
            return allowed;
        }
        if (values.get(key) instanceof List<?> list
                && list.size() == allowed.size()
                && new TreeSet<>(allowed)
                        .equals(new TreeSet<>(list.stream().map(String::valueOf).toList()))) {
            return list.stream().map(String::valueOf).toList();
        }
        throw wrong(key, "a list that names each of " + String.join(", ", allowed) + " once");
    }

    YamlSection section(String key) {
        if (require(key, "a group of keys") instanceof Map<?, ?> map) {
            return new YamlSection(file, name(key) + ".", map);
        }
        throw wrong(key, "a group of keys");
    }

    /** Refuses keys that were never read. */
    void refuseUnknownKeys() {
        for (Object key : values.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new ModelFolderException(file + ": the key " + path + key + " is unknown; the keys here are "
                        + String.join(", ", known) + ".");
            }
        }
    }

    ModelFolderException wrong(String key, String allowed) {
        return new ModelFolderException(
                file + ": " + name(key) + " is " + values.get(key) + "; it must be " + allowed + ".");
    }

    private Object require(String key, String allowed) {
        if (!has(key)) {
            throw new ModelFolderException(file + ": " + name(key) + " is missing; it must be " + allowed + ".");
        }
        return values.get(key);
    }

    private String name(String key) {
        return path + key;
    }

    private static boolean within(Number number, double min, double max) {
        double value = number.doubleValue();
        return value >= min && value <= max;
    }
}
