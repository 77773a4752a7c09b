package dev.wayside.validation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
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
    private final BeanCheck beans;
    private final OptionCheck values;
    private final Mistakes mistakes;

    EndpointCheck(
            ComponentCatalog catalog, Kamelets kamelets, ProgramPolicy programs, BeanCheck beans, Mistakes mistakes) {
        this.catalog = catalog;
        this.kamelets = kamelets;
        this.programs = programs;
        this.beans = beans;
        this.values = new OptionCheck(beans, mistakes);
        this.mistakes = mistakes;
    }

    /** Where an endpoint stands. */
    enum Role {
        FROM,
        TO,
        /** A step that receives one message. */
        POLL,
        DYNAMIC
    }

    /**
     * Checks an endpoint.
     *
     * @param where the node with its uri
     * @param uri the uri, with the values of its placeholders where these are known
     * @param parameters the node with its parameters, if there is one
     * @param insert gives a parameter's text with the values of its placeholders
     */
    void check(YamlNode where, String uri, Optional<YamlNode> parameters, Role role, UnaryOperator<String> insert) {
        int query = uri.indexOf('?');
        String target = query < 0 ? uri : uri.substring(0, query);
        String scheme = target.replaceFirst(":.*", "");
        if (scheme.contains("{{") || scheme.contains("${") || scheme.isEmpty()) {
            return;
        }
        Map<String, Option> options = new LinkedHashMap<>();
        if (query >= 0) {
            options.putAll(Option.inQuery(where, uri.substring(query + 1)));
        }
        parameters.ifPresent(node -> options.putAll(Option.in(node, insert)));
        Optional<String> refusal = programs.refusalOfComponent(scheme);
        if (refusal.isPresent()) {
            mistakes.add(where, refusal.get());
        } else if (scheme.equals("kamelet")) {
            Kamelets.usedBy(target).ifPresent(name -> kamelet(where, name, options));
        } else {
            component(where, scheme, target, options, role);
        }
    }

    /** A step {@code kamelet}, which names the kamelet without a uri. */
    void kameletStep(YamlNode where, String name, Optional<YamlNode> parameters, UnaryOperator<String> insert) {
        check(where, "kamelet:" + name, parameters, Role.TO, insert);
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
                            given.key(), "the kamelet " + name + " has no property " + option, option, known);
                } else if (kamelet.properties().containsKey(option)) {
                    values.ofKamelet(given, kamelet.properties().get(option));
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
        if (!installed && beans.exists(scheme)) {
            // Camel takes the component from the bean of that name.
            return;
        }
        if (found.isPresent() && !installed) {
            mistakes.add(where, "the component " + scheme + catalog.notInstalled(found.get()));
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
        if (role == Role.POLL && model.isProducerOnly()) {
            mistakes.add(where, "the component " + scheme + " can only be sent to; no message can be polled from it");
        }
        List<BaseOptionModel> known = Stream.<BaseOptionModel>concat(
                        model.getEndpointParameterOptions().stream(), model.getEndpointPathOptions().stream())
                .toList();
        options.values().forEach(given -> {
            Optional<BaseOptionModel> option =
                    known.stream().filter(each -> given.isFor(each.getName())).findFirst();
            if (option.isPresent()) {
                values.ofComponent(given, option.get());
            } else if (!model.isLenientProperties() && !model.isApi() && !hasPrefix(known, given.name())) {
                mistakes.addUnknown(
                        given.key(),
                        "the parameter " + given.name() + " is unknown here",
                        given.name(),
                        known.stream().map(BaseOptionModel::getName).toList());
            }
        });
        boolean bare = !target.matches("[^:]+:/{0,2}.+");
        List<String> absent = known.stream()
                .filter(option -> isNeeded(option, model))
                .filter(option -> bare || !"path".equals(option.getKind()))
                .filter(option -> !isOfOtherRole(option, role))
                .map(BaseOptionModel::getName)
                .filter(name -> options.values().stream().noneMatch(given -> given.isFor(name)))
                .toList();
        if (!absent.isEmpty()) {
            mistakes.add(where, "the component " + scheme + " also needs " + String.join(", ", absent));
        }
    }

    /** A default, or a value that the whole component has, makes it unnecessary. */
    private static boolean isNeeded(BaseOptionModel option, ComponentModel model) {
        return option.isRequired()
                && option.getDefaultValue() == null
                && model.getComponentOptions().stream()
                        .noneMatch(each -> each.getName().equals(option.getName()));
    }

    private static boolean isOfOtherRole(BaseOptionModel option, Role role) {
        List<String> labels = List.of(String.valueOf(option.getLabel()).split(","));
        return role == Role.FROM || role == Role.POLL
                ? labels.contains("producer") && !labels.contains("consumer")
                : labels.contains("consumer") && !labels.contains("producer");
    }

    private static boolean hasPrefix(List<BaseOptionModel> known, String name) {
        return known.stream()
                .flatMap(option -> Stream.of(option.getPrefix(), option.getOptionalPrefix()))
                .anyMatch(prefix -> prefix != null && !prefix.isEmpty() && name.startsWith(prefix));
    }
}
