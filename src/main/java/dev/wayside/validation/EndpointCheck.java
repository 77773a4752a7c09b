package dev.wayside.validation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/** Checks endpoints: whether their component or kamelet exists, and its options. */
final class EndpointCheck {
    /** Components that take any endpoint of another component. */
    private static final Set<String> WITHOUT_DESCRIPTION = Set.of("kamelet", "stub", "ref", "rest", "rest-api");

    private final ComponentCatalog catalog;
    private final Kamelets kamelets;
    private final ProgramPolicy programs;
    private final Mistakes mistakes;

    EndpointCheck(ComponentCatalog catalog, Kamelets kamelets, ProgramPolicy programs, Mistakes mistakes) {
        this.catalog = catalog;
        this.kamelets = kamelets;
        this.programs = programs;
        this.mistakes = mistakes;
    }

    /** Where an endpoint stands. */
    enum Role {
        FROM,
        TO,
        DYNAMIC
    }

    /**
     * Checks an endpoint.
     *
     * @param where the node with its uri
     * @param uri the uri, with the values of its placeholders where these are known
     * @param parameters the node with its parameters, if there is one
     * @param values gives a parameter's text with the values of its placeholders
     */
    void check(YamlNode where, String uri, Optional<YamlNode> parameters, Role role, Values values) {
        int query = uri.indexOf('?');
        String target = query < 0 ? uri : uri.substring(0, query);
        String scheme = target.replaceFirst(":.*", "");
        if (scheme.contains("{{") || scheme.contains("${") || scheme.isEmpty()) {
            return;
        }
        Map<String, Option> options = new LinkedHashMap<>();
        if (query >= 0) {
            split(uri.substring(query + 1))
                    .forEach((name, value) -> options.put(name, new Option(where, where, value)));
        }
        parameters.ifPresent(node -> node.fields()
                .forEach(field -> options.put(
                        field.name(),
                        new Option(
                                field.key(),
                                field.value(),
                                values.of(field.value().text())))));
        Optional<String> refusal = programs.refusalOfComponent(scheme);
        if (refusal.isPresent()) {
            mistakes.add(where, refusal.get());
        } else if (scheme.equals("kamelet")) {
            Kamelets.usedBy(target).ifPresent(name -> kamelet(where, name, options));
        } else {
            component(where, scheme, target, options, role);
        }
    }

    /** Gives a text with the values of its placeholders where these are known. */
    interface Values {
        String of(String text);
    }

    /** A step {@code kamelet}, which names the kamelet without a uri. */
    void kameletStep(YamlNode where, String name, Optional<YamlNode> parameters, Values values) {
        check(where, "kamelet:" + name, parameters, Role.TO, values);
    }

    private void kamelet(YamlNode where, String name, Map<String, Option> options) {
        if (!kamelets.exists(name)) {
            mistakes.addUnknown(
                    where,
                    "there is no kamelet " + name + ", neither in the folder kamelets.path nor among Wayside's own",
                    name,
                    kamelets.names());
            return;
        }
        Optional<String> circle = kamelets.circle(name);
        if (circle.isPresent()) {
            mistakes.add(where, Kamelets.inACircle(circle.get()));
            return;
        }
        kamelets.find(name).ifPresent(kamelet -> {
            Set<String> known = new TreeSet<>(kamelet.properties().keySet());
            catalog.component("kamelet").ifPresent(model -> model.getEndpointParameterOptions()
                    .forEach(option -> known.add(option.getName())));
            options.forEach((option, given) -> {
                if (!known.contains(option)) {
                    mistakes.addUnknown(
                            given.name(), "the kamelet " + name + " has no property " + option, option, known);
                } else if (kamelet.properties().containsKey(option)) {
                    YamlNode property = kamelet.properties().get(option);
                    List<String> choice = property.at("enum")
                            .flatMap(list -> list.items().stream())
                            .map(YamlNode::text)
                            .toList();
                    value(
                            option,
                            given,
                            property.at("type").map(YamlNode::text).findFirst().orElse("string"),
                            choice);
                }
            });
            List<String> absent = kamelet.required().stream()
                    .filter(required -> !options.containsKey(required))
                    .toList();
            if (!absent.isEmpty()) {
                mistakes.add(where, "the kamelet " + name + " also needs " + String.join(", ", absent));
            }
        });
    }

    private void component(YamlNode where, String scheme, String target, Map<String, Option> options, Role role) {
        Optional<ComponentModel> found = catalog.component(scheme);
        boolean installed = catalog.isInstalled("component", scheme);
        if (found.isPresent() && !installed) {
            String artifact = found.get().getArtifactId();
            mistakes.add(
                    where,
                    "the component " + scheme + " is not installed; it is in " + artifact
                            + ", which ./wayside component add " + artifact.replaceFirst("^camel-", "") + " installs");
        } else if (found.isEmpty() && !installed) {
            mistakes.addUnknown(where, "Camel has no component '" + scheme + "'", scheme, catalog.components());
        } else if (found.isPresent() && !WITHOUT_DESCRIPTION.contains(scheme)) {
            options(where, found.get(), target, options, role);
        }
    }

    private void options(YamlNode where, ComponentModel model, String target, Map<String, Option> options, Role role) {
        String scheme = model.getScheme();
        if (role == Role.FROM && model.isProducerOnly()) {
            mistakes.add(where, "the component " + scheme + " can only be used in a step, not in 'from:'");
        } else if (role == Role.TO && model.isConsumerOnly()) {
            mistakes.add(where, "the component " + scheme + " can only be used in 'from:', not in a step");
        }
        List<? extends BaseOptionModel> known = Stream.concat(
                        model.getEndpointParameterOptions().stream(), model.getEndpointPathOptions().stream())
                .toList();
        options.forEach((name, given) -> {
            Optional<? extends BaseOptionModel> option =
                    known.stream().filter(each -> each.getName().equals(name)).findFirst();
            if (option.isPresent()) {
                value(name, given, option.get().getType(), enums(option.get()));
            } else if (!model.isLenientProperties() && !model.isApi() && !hasPrefix(known, name)) {
                mistakes.addUnknown(
                        given.name(),
                        "the parameter " + name + " is unknown here",
                        name,
                        known.stream().map(BaseOptionModel::getName).toList());
            }
        });
        boolean bare = !target.matches("[^:]+:/{0,2}.+");
        List<String> absent = known.stream()
                .filter(BaseOptionModel::isRequired)
                .filter(option -> bare || !"path".equals(option.getKind()))
                .filter(option -> !isOfOtherRole(option, role))
                .map(BaseOptionModel::getName)
                .filter(name -> !options.containsKey(name))
                .toList();
        if (!absent.isEmpty()) {
            mistakes.add(where, "the component " + scheme + " also needs " + String.join(", ", absent));
        }
    }

    private static List<String> enums(BaseOptionModel option) {
        return option.getEnums() == null ? List.of() : option.getEnums();
    }

    private static boolean isOfOtherRole(BaseOptionModel option, Role role) {
        List<String> labels = List.of(String.valueOf(option.getLabel()).split(","));
        return role == Role.FROM
                ? labels.contains("producer") && !labels.contains("consumer")
                : labels.contains("consumer") && !labels.contains("producer");
    }

    private static boolean hasPrefix(List<? extends BaseOptionModel> known, String name) {
        return known.stream()
                .flatMap(option -> Stream.of(option.getPrefix(), option.getOptionalPrefix()))
                .anyMatch(prefix -> prefix != null && !prefix.isEmpty() && name.startsWith(prefix));
    }

    private void value(String name, Option given, String type, List<String> choice) {
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
            mistakes.add(given.node(), "the value of " + name + " is invalid; it must be " + allowed);
        }
    }

    private static Map<String, String> split(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> parts = new ArrayList<>(List.of(query.split("&(?![^(]*\\))")));
        parts.removeIf(String::isBlank);
        for (String part : parts) {
            int equals = part.indexOf('=');
            String value = equals < 0 ? "" : part.substring(equals + 1);
            options.put(equals < 0 ? part : part.substring(0, equals), decoded(value));
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

    /** An option as it was given. */
    private record Option(YamlNode name, YamlNode node, String value) {}
}
