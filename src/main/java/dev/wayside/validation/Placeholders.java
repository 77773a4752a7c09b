package dev.wayside.validation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.IOHelper;

/**
 * Checks the placeholders <code>{{key}}</code> in a text, and inserts their values. Like Camel, it finds values also in
 * the environment and in the system properties.
 *
 * @param values the values of the settings
 * @param local the parameters and beans of a template or kamelet, whose values are not known here
 */
record Placeholders(Map<String, String> values, Set<String> local) {
    /** As Camel parses it: optional, negated, with a default; a backslash makes it ordinary text. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<!\\\\)\\{\\{\\s*([?!]*)\\s*([^{}:]+?)\\s*(?::([^{}]*))?}}");

    /** Camel's own functions; others are on the class path. */
    private static final Set<String> FUNCTIONS = Set.of("env", "sys", "service", "service.host", "service.port");

    private static final String OTHER_FUNCTIONS = "META-INF/services/org/apache/camel/properties-function/";

    /** The text with the values that are known; other placeholders stay. */
    String insert(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found).orElse(found.group())));
    }

    private Optional<String> value(MatchResult found) {
        String key = found.group(2);
        return local.contains(key) || isFunction(found)
                ? Optional.empty()
                : setting(key).or(() -> Optional.ofNullable(found.group(3)));
    }

    /** A setting comes before a variable of the same name, unlike in plain Camel. */
    private Optional<String> setting(String key) {
        return Optional.ofNullable(values.get(key))
                .or(() -> Optional.ofNullable(IOHelper.lookupEnvironmentVariable(key)))
                .or(() -> Optional.ofNullable(System.getProperty(key)));
    }

    /** Something like <code>{{env:NAME}}</code>, whose value is known only where it runs. */
    private static boolean isFunction(MatchResult found) {
        String name = found.group(2);
        return found.group(3) != null
                && (FUNCTIONS.contains(name)
                        || name.matches("[A-Za-z0-9.-]+")
                                && Placeholders.class.getClassLoader().getResource(OTHER_FUNCTIONS + name) != null);
    }

    void check(YamlNode where, String text, Mistakes mistakes) {
        for (Matcher matcher = PLACEHOLDER.matcher(text); matcher.find(); ) {
            String key = matcher.group(2);
            boolean optional = matcher.group(1).contains("?") || matcher.group(3) != null;
            if (!optional && !local.contains(key) && setting(key).isEmpty()) {
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
