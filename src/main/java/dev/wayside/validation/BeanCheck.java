package dev.wayside.validation;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;

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
        bean.get("constructors").ifPresent(constructors -> constructors
                .fields()
                .forEach(each -> value(each.value(), each.value().text(), false)));
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

    /** Whether a bean has this name. */
    boolean exists(String name) {
        return names.contains(name);
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
        reference(where, where.text());
    }

    private void reference(YamlNode where, String written) {
        String text = written.replaceFirst("^#(bean:)?", "");
        String name = text.startsWith("{{") && placeholders.local().contains(inner(text)) ? inner(text) : text;
        if (!name.isEmpty()
                && !name.contains("{{")
                && !name.contains(":")
                && !name.contains("${")
                && !names.contains(name)) {
            mistakes.addUnknown(where, "there is no bean " + name, name, names);
        }
    }

    /**
     * A value, which can refer to a bean.
     *
     * @param isText whether the value is for a text, for which Camel takes {@code #name} as it is
     */
    void value(YamlNode where, String text, boolean isText) {
        if (text.startsWith("#bean:") || !isText && text.matches("#[A-Za-z_][A-Za-z0-9_.-]*")) {
            reference(where, text);
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
        Map<String, Boolean> known = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 1 && method.getName().matches("(set|with)?[A-Za-z].*")) {
                String name = method.getName().replaceFirst("^(set|with)(?=[A-Z])", "");
                known.merge(
                        name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                        method.getParameterTypes()[0] == String.class,
                        Boolean::logicalOr);
            }
        }
        for (YamlNode.Field field : properties.fields()) {
            String first = field.name().replaceFirst("[.\\[].*", "");
            boolean nested = !first.equals(field.name());
            Boolean isText = known.get(StringHelper.dashToCamelCase(first));
            if (!nested && isText == null) {
                mistakes.addUnknown(
                        field.key(), type.getSimpleName() + " has no property " + first, first, known.keySet());
            }
            value(field.value(), field.value().text(), nested || isText == null || isText);
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, BeanCheck.class.getClassLoader());
    }
}
