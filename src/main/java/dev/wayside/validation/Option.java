package dev.wayside.validation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An option of an endpoint, as it was given.
 *
 * @param name as written
 * @param key the node of the name
 * @param node the node of the value
 * @param value with the values of its placeholders where these are known
 */
record Option(String name, YamlNode key, YamlNode node, String value) {
    /** The options in {@code parameters}, by their names. */
    static Map<String, Option> in(YamlNode parameters, UnaryOperator<String> insert) {
        Map<String, Option> options = new LinkedHashMap<>();
        for (YamlNode.Field field : parameters.fields()) {
            options.put(
                    field.name(),
                    new Option(
                            field.name(),
                            field.key(),
                            field.value(),
                            insert.apply(field.value().text())));
        }
        return options;
    }

    /** The options in the query of a uri, by their names. */
    static Map<String, Option> inQuery(YamlNode uri, String query) {
        Map<String, Option> options = new LinkedHashMap<>();
        for (String part : query.split("&(?![^(]*\\))")) {
            if (!part.isBlank()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                options.put(name, new Option(name, uri, uri, equals < 0 ? "" : decoded(part.substring(equals + 1))));
            }
        }
        return options;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not encoded, but written as it is.
            return value;
        }
    }

    /** Whether it sets the option of that name; like Camel, regardless of case and dashes. */
    boolean isFor(String option) {
        return name.replace("-", "").equalsIgnoreCase(option);
    }
}
