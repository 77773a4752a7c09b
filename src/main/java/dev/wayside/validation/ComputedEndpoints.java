package dev.wayside.validation;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for components that may not be used in the expressions that compute endpoints for each message. */
final class ComputedEndpoints {
    /** Steps with an expression for one endpoint or several. */
    private static final Set<String> STEPS =
            Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");
    /** Their text is the name of something that contains the endpoints. */
    private static final Set<String> NAMES =
            Set.of("bean", "exchangeProperty", "header", "method", "ref", "tokenize", "variable", "xtokenize");

    private final ComponentCatalog catalog;
    private final ProgramPolicy programs;
    private final Placeholders placeholders;
    private final Mistakes mistakes;

    ComputedEndpoints(ComponentCatalog catalog, ProgramPolicy programs, Placeholders placeholders, Mistakes mistakes) {
        this.catalog = catalog;
        this.programs = programs;
        this.placeholders = placeholders;
        this.mistakes = mistakes;
    }

    /** Checks a step of that name; other steps compute no endpoint. */
    void check(String name, YamlNode step) {
        if (STEPS.contains(name)) {
            String delimiter = Stream.of("delimiter", "uriDelimiter")
                    .flatMap(field -> step.get(field).stream())
                    .map(field -> placeholders.insert(field.text()))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse(",");
            expressions(step).forEach(expression -> expression(expression, delimiter));
        }
    }

    private Stream<YamlNode> expressions(YamlNode node) {
        return node.fields().stream().flatMap(field -> {
            if (field.camelName().equals("expression")) {
                return expressions(field.value());
            }
            if (!catalog.isLanguage(field.camelName()) && !field.camelName().equals("language")
                    || NAMES.contains(field.camelName())) {
                return Stream.of();
            }
            return field.value().isScalar() ? Stream.of(field.value()) : field.value().get("expression").stream();
        });
    }

    private void expression(YamlNode expression, String delimiter) {
        Stream.of(placeholders.insert(expression.text()).split(Pattern.quote(delimiter)))
                .flatMap(part -> programs.refusedIn(part).stream())
                .flatMap(scheme -> programs.refusalOfComponent(scheme).stream())
                .distinct()
                .forEach(reason -> mistakes.add(expression, reason));
    }
}
