package dev.wayside.validation;

import java.util.List;
import java.util.Set;
import org.apache.camel.tooling.model.BaseOptionModel;

/** Checks the values of the options of components and of the properties of kamelets. */
final class OptionCheck {
    /** Camel converts a duration to these as well. */
    private static final Set<String> MILLISECONDS = Set.of("int", "long", "java.lang.Integer", "java.lang.Long");

    private final BeanCheck beans;
    private final Mistakes mistakes;

    OptionCheck(BeanCheck beans, Mistakes mistakes) {
        this.beans = beans;
        this.mistakes = mistakes;
    }

    void ofComponent(Option given, BaseOptionModel option) {
        boolean isText = "java.lang.String".equals(option.getJavaType());
        beans.value(given.node(), given.value(), isText);
        List<String> choice = option.getEnums() == null ? List.of() : option.getEnums();
        boolean isDuration = MILLISECONDS.contains(option.getJavaType()) && DurationText.isValid(given.value());
        value(given, isDuration ? "duration" : option.getType(), choice);
    }

    /**
     * Checks the value of a kamelet's property.
     *
     * @param property its definition
     */
    void ofKamelet(Option given, YamlNode property) {
        String type = property.at("type").map(YamlNode::text).findFirst().orElse("string");
        beans.value(given.node(), given.value(), type.equals("string"));
        List<String> choice = property.at("enum")
                .flatMap(list -> list.items().stream())
                .map(YamlNode::text)
                .toList();
        value(given, type, choice);
    }

    private void value(Option given, String type, List<String> choice) {
        String text = given.value();
        if (text.contains("{{")
                || text.contains("${")
                || text.startsWith("#")
                || text.startsWith("RAW(")
                || text.isEmpty()) {
            return;
        }
        // The value is not repeated, because it could be a secret in the wrong place.
        String allowed =
                switch (type) {
                    case "boolean" -> text.matches("(?i)true|false") ? "" : "true or false";
                    case "integer" -> text.matches("[-+]?[0-9]{1,19}") ? "" : "a whole number";
                    case "number" -> text.matches("[-+]?[0-9]*\\.?[0-9]+") ? "" : "a number";
                    case "duration" -> DurationText.isValid(text) ? "" : DurationText.ALLOWED;
                    default ->
                        choice.isEmpty() || choice.stream().anyMatch(each -> each.equalsIgnoreCase(text))
                                ? ""
                                : String.join(" or ", choice);
                };
        if (!allowed.isEmpty()) {
            mistakes.add(given.node(), "the value of " + given.name() + " is invalid; it must be " + allowed);
        }
    }
}
