package dev.wayside.validation;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the placeholders <code>{{key}}</code> in a text, and inserts their values.
 *
 * @param values the values of the settings
 * @param local the parameters and beans of a template or kamelet, whose values are not known here
 */
record Placeholders(Map<String, String> values, Set<String> local) {
    /** As Camel parses it: optional, negated, with a default; a backslash makes it ordinary text. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<!\\\\)\\{\\{\\s*([?!]*)\\s*([^{}:]+?)\\s*(?::([^{}]*))?}}");

    /** The text with the values that are known; other placeholders stay. */
    String insert(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.replaceAll(found -> {
            String value = local.contains(found.group(2)) ? null : values.getOrDefault(found.group(2), found.group(3));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    void check(YamlNode where, String text, Mistakes mistakes) {
        for (Matcher matcher = PLACEHOLDER.matcher(text); matcher.find(); ) {
            String key = matcher.group(2);
            boolean optional = matcher.group(1).contains("?") || matcher.group(3) != null;
            if (!optional && !local.contains(key) && !values.containsKey(key)) {
                Set<String> known = new TreeSet<>(values.keySet());
                known.addAll(local);
                mistakes.addUnknown(
                        where,
                        "{{" + key + "}} has no value; set it in wayside.properties, or give it a default: {{" + key
                                + ":default}}",
                        key,
                        known);
            }
        }
    }
}
