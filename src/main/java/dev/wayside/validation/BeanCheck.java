package dev.wayside.validation;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks beans and references to them: their names, their classes, and the names of their properties. */
final class BeanCheck {
    private final Set<String> names;
    private final Placeholders placeholders;
    private final Mistakes mistakes;

    /**
     * Checks for one file.
     *
     * @param names every bean that can be referred to
     */
    BeanCheck(Set<String> names, Placeholders placeholders, Mistakes mistakes) {
        this.names = names;
        this.placeholders = placeholders;
        this.mistakes = mistakes;
    }

    /** A bean's declaration. */
    void declaration(YamlNode bean) {
        String type = bean.get("type").map(YamlNode::text).orElse("").replaceFirst("^#class:", "");
        if (type.isEmpty() || type.contains("{{") || type.contains("#") || type.contains("(")) {
            return;
        }
        try {
            Class<?> found = load(type);
            boolean plain = Stream.of("factoryBean", "factoryMethod", "builderClass", "script")
                    .noneMatch(field -> bean.get(field).isPresent());
            if (plain) {
                bean.get("properties").ifPresent(properties -> properties(properties, found));
            }
        } catch (ClassNotFoundException | LinkageError e) {
            mistakes.add(bean.get("type").orElse(bean), "there is no class " + type);
        }
    }

    /** The name of a class, such as that of an exception. */
    void className(YamlNode where) {
        String name = where.text();
        if (!name.isEmpty() && !name.contains("{{")) {
            try {
                load(name);
            } catch (ClassNotFoundException | LinkageError e) {
                mistakes.add(where, "there is no class " + name);
            }
        }
    }

    /** A field that names a bean, with or without {@code #}. */
    void reference(YamlNode where) {
        String text = where.text().replaceFirst("^#(bean:)?", "");
        String name = text.startsWith("{{") && placeholders.local().contains(inner(text)) ? inner(text) : text;
        if (!name.isEmpty()
                && !name.contains("{{")
                && !name.contains(":")
                && !name.contains("${")
                && !names.contains(name)) {
            mistakes.addUnknown(where, "there is no bean " + name, name, names);
        }
    }

    /** A value, which refers to a bean if it begins with {@code #}. */
    void value(YamlNode where) {
        String text = where.text();
        if (text.startsWith("#bean:") || text.matches("#[A-Za-z_][A-Za-z0-9_.-]*")) {
            reference(where);
        } else if (text.startsWith("#class:") && !text.contains("{{")) {
            try {
                load(text.substring("#class:".length()).replaceFirst("[(#].*", ""));
            } catch (ClassNotFoundException | LinkageError e) {
                mistakes.add(where, "there is no class " + text.substring("#class:".length()));
            }
        }
    }

    private static String inner(String placeholder) {
        return placeholder.replaceAll("[{}?! ]", "");
    }

    private void properties(YamlNode properties, Class<?> type) {
        Set<String> known = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 1 && method.getName().matches("(set|with)?[A-Za-z].*")) {
                String name = method.getName().replaceFirst("^(set|with)(?=[A-Z])", "");
                known.add(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
            }
        }
        for (YamlNode.Field field : properties.fields()) {
            String first = field.name().replaceFirst("[.\\[].*", "");
            boolean nested = !first.equals(field.name());
            if (!nested && !known.contains(dashless(first))) {
                mistakes.addUnknown(field.key(), type.getSimpleName() + " has no property " + first, first, known);
            }
        }
    }

    private static String dashless(String name) {
        StringBuilder result = new StringBuilder();
        for (String part : name.split("-")) {
            result.append(
                    result.isEmpty() || part.isEmpty()
                            ? part
                            : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return result.toString();
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, BeanCheck.class.getClassLoader());
    }
}
