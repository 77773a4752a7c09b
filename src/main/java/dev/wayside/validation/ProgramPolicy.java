package dev.wayside.validation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which components and languages a route may use. Those that run programs or scripts, on this machine or in its cluster, are
 * refused unless a setting names them: a route that was copied from elsewhere should not run a program that its reader has
 * overlooked. It is no sandbox, because a bean can call any Java class.
 */
public final class ProgramPolicy {
    /** Programs, containers and scripts; template engines whose templates can call any Java method. */
    static final Set<String> COMPONENTS = Set.of(
            "docker",
            "docling",
            "exec",
            "freemarker",
            "grape",
            "ignite-compute",
            "jt400",
            "jte",
            "kubernetes-cronjob",
            "kubernetes-custom-resources",
            "kubernetes-deployments",
            "kubernetes-job",
            "kubernetes-pods",
            "kubernetes-replication-controllers",
            "language",
            "mvel",
            "openshift-build-configs",
            "openshift-builds",
            "openshift-deploymentconfigs",
            "robotframework",
            "ssh",
            "thymeleaf",
            "velocity",
            "wasm");

    /** Languages whose expressions can call any Java method. */
    static final Set<String> LANGUAGES =
            Set.of("csimple", "groovy", "java", "joor", "js", "mvel", "ognl", "python", "spel", "wasm");

    private static final String CAN_RUN =
            " can run programs or scripts; to allow it, add it to the setting" + " routes.components and restart";

    private final Set<String> allowed;
    private final Pattern uri;
    private final Pattern mentioned;

    /**
     * Allows some of these by name.
     *
     * @param allowed the components and languages that routes may use nevertheless
     */
    public ProgramPolicy(Collection<String> allowed) {
        this.allowed = Set.copyOf(allowed);
        this.uri = Pattern.compile("(?:^|[\"'\\[{(])\\s*(" + names(COMPONENTS.stream()) + ")\\s*(?::|$)");
        this.mentioned = Pattern.compile(
                "(?<![\\w.-])(?:" + names(Stream.concat(COMPONENTS.stream(), LANGUAGES.stream()))
                        + ")(?=\\s*(?:[:?\"',}]|$))",
                Pattern.MULTILINE);
    }

    private String names(Stream<String> names) {
        // The last alternative matches nothing, so that the pattern is valid even if everything is allowed.
        return Stream.concat(names.filter(name -> !allowed.contains(name)), Stream.of("(?!)"))
                .collect(Collectors.joining("|"));
    }

    /** Why a route may not use this component; empty if it may. */
    public Optional<String> refusalOfComponent(String scheme) {
        return refusal("component", scheme, COMPONENTS);
    }

    /** Why a route may not use this language; empty if it may. */
    public Optional<String> refusalOfLanguage(String name) {
        return refusal("language", name, LANGUAGES);
    }

    /** Whether a text contains the name of anything that is refused; a quick test before a thorough one. */
    public boolean isMentionedIn(String text) {
        return mentioned.matcher(text).find();
    }

    /** The refused components with which an endpoint in this text begins, at its beginning or after a quote. */
    List<String> refusedIn(String expression) {
        return uri.matcher(expression).results().map(found -> found.group(1)).toList();
    }

    static boolean isRefusal(Mistake mistake) {
        return mistake.reason().endsWith(CAN_RUN);
    }

    private Optional<String> refusal(String kind, String name, Set<String> refused) {
        return refused.contains(name) && !allowed.contains(name)
                ? Optional.of("the " + kind + " " + name + CAN_RUN)
                : Optional.empty();
    }
}
