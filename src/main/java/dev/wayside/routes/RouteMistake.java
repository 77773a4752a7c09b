package dev.wayside.routes;

import dev.wayside.failure.Reason;
import dev.wayside.validation.Mistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Explains in one sentence why a route file is invalid: the file, the line if known, and the reason, but no secrets. */
final class RouteMistake {
    /** Messages of Camel and its YAML reader, and what to tell the author of the file. */
    private static final List<Words> WORDS = List.of(
            new Words("Unsupported field: (.*)", "'$1' is not a field that Camel knows here"),
            new Words("Unknown node id: (.*)", "'$1' is not a step or part of a route that Camel knows"),
            new Words(
                    "Unable to find constructor for node.*",
                    "a route, routeTemplate, routeConfiguration or beans is expected here"),
            new Words("Uri is mandatory.*", "the 'uri:' is missing here"),
            new Words(
                    "Node type .* is invalid, expected array", "a list is expected here; each entry begins with '- '"),
            new Words("Node type .* is invalid, expected map.*", "fields are expected here, as 'name: value'"),
            new Words("Node type .* is invalid, expected key-value", "a single value is expected here"),
            new Words(
                    "special characters are not allowed.*",
                    "it contains a control character, which YAML does not allow"),
            new Words(
                    "Resource not found: .*?([^/]+)\\.kamelet\\.yaml.*",
                    "there is no kamelet $1, neither in the folder kamelets.path nor among Wayside's own"),
            new Words(
                    ".*Property with key \\[ *(.*?) *\\] not found in properties.*",
                    "{{$1}} has no value; set it in wayside.properties, or give it a default: {{$1:default}}"),
            new Words(
                    ".*the following mandatory parameters must be provided: (.*)",
                    "the kamelet or template also needs $1"),
            new Words(".*Duplicate id detected: ([^ ]*)\\. .*", "the id $1 is used twice; each id must be unique"));

    private static final Pattern PARAMETER = Pattern.compile("(?:[{,] ?)([^={},]+)=");

    private RouteMistake() {}

    /**
     * Describes a failure for the author of the file.
     *
     * @param text of the file
     * @param routes defined in the file, for the lines of their steps; empty if it could not be read
     * @param failure thrown when they were read or started
     */
    static String sentence(Path file, String text, List<RouteDefinition> routes, Throwable failure) {
        List<Throwable> causes = causes(failure);
        int line = markedLine(text, causes)
                .or(() -> stepLine(text, routes, causes))
                .orElse(1);
        String reason = URISupport.sanitizeUri(Reason.line(reason(causes)));
        return new Mistake(file, line, column(text, line), reason).sentence();
    }

    /** Where the text of a line begins. */
    private static int column(String text, int line) {
        String content = text.lines().skip(line - 1L).findFirst().orElse("");
        return 1 + content.length() - content.stripLeading().length();
    }

    private static String reason(List<Throwable> causes) {
        Throwable root = causes.get(causes.size() - 1);
        if (root instanceof StackOverflowError) {
            return "it is nested too deeply";
        }
        Optional<String> own = causes.stream()
                .filter(cause -> cause.getClass().getName().startsWith("dev.wayside.") && cause.getMessage() != null)
                .map(Throwable::getMessage)
                .findFirst();
        if (own.isPresent()) {
            return own.get();
        }
        Optional<MarkedYamlEngineException> yaml = marked(causes);
        if (yaml.isPresent()) {
            String where = yaml.get()
                    .getProblemMark()
                    .map(mark -> kamelet(mark.getName()))
                    .orElse("");
            return where + yamlReason(yaml.get());
        }
        for (Throwable cause : causes) {
            if (cause instanceof NoSuchEndpointException missing) {
                return "Camel has no component '" + missing.getUri().replaceFirst(":.*", "") + "' here";
            }
            if (cause instanceof NoSuchBeanException missing) {
                return "there is no bean " + missing.getName();
            }
            if (cause instanceof PropertyBindingException binding) {
                return "the value of " + binding.getPropertyName() + " is invalid";
            }
            if (cause instanceof ClassNotFoundException missing) {
                return "there is no class " + missing.getMessage();
            }
        }
        return plain(root.getMessage() == null ? "Camel rejected it: " + root : root.getMessage());
    }

    private static String yamlReason(MarkedYamlEngineException yaml) {
        if (yaml.getClass().getName().startsWith("org.snakeyaml")) {
            return "this is not YAML: " + (yaml.getContext() == null ? "" : yaml.getContext() + ", ")
                    + yaml.getProblem() + "; check the indentation and the quotes, here and above";
        }
        return plain(yaml.getProblem());
    }

    private static String plain(String message) {
        if (message.contains("Unknown parameters=[")) {
            return "the parameter " + parameters(message) + " is unknown here";
        }
        String line = Reason.line(message);
        return WORDS.stream()
                .filter(words -> words.said.matcher(line).matches())
                .findFirst()
                .map(words -> words.said.matcher(line).replaceFirst(words.meant))
                .orElse(line);
    }

    /** Only the names, because a value could be a password. */
    private static String parameters(String message) {
        Matcher matcher = PARAMETER.matcher(message.substring(message.indexOf("Unknown parameters=[") + 20));
        List<String> names = new ArrayList<>();
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return String.join(", ", names);
    }

    private static Optional<MarkedYamlEngineException> marked(List<Throwable> causes) {
        return causes.stream()
                .filter(MarkedYamlEngineException.class::isInstance)
                .map(MarkedYamlEngineException.class::cast)
                .findFirst();
    }

    /** The marked line of a mistake in the file itself. For a mistake in a kamelet, the mark is a line of the kamelet. */
    private static Optional<Integer> markedLine(String text, List<Throwable> causes) {
        Optional<MarkedYamlEngineException> marked = marked(causes);
        return marked.flatMap(MarkedYamlEngineException::getProblemMark)
                .filter(mark -> kamelet(mark.getName()).isEmpty())
                .map(mark -> fieldLine(mark.getLine() + 1, text, marked.get().getProblem()));
    }

    /** Camel marks the content of an unknown field, which can begin some lines below its name. */
    private static int fieldLine(int marked, String text, String problem) {
        List<String> lines = text.lines().toList();
        String field = problem.replaceFirst("^Unsupported field: (.*)", "$1:");
        for (int line = field.equals(problem) ? 0 : Math.min(marked, lines.size()); line > 0; line--) {
            if (lines.get(line - 1).contains(field)) {
                return line;
            }
        }
        return marked;
    }

    private static String kamelet(String label) {
        return label.endsWith(".kamelet.yaml") ? "in the kamelet " + label.replaceFirst("^file:", "") + ": " : "";
    }

    /** The line of the step that Camel names, or of its route. */
    private static Optional<Integer> stepLine(String text, List<RouteDefinition> routes, List<Throwable> causes) {
        String said = causes.stream()
                .filter(cause ->
                        cause instanceof FailedToCreateRouteException || cause instanceof FailedToStartRouteException)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse("");
        if (said.isEmpty()) {
            return Optional.empty();
        }
        return routes.stream()
                .flatMap(route -> route.getOutputs().stream())
                .filter(step -> said.contains("at: >>> " + step + " <<<"))
                .map(step -> firstLine(step.getLineNumber(), text))
                .findFirst()
                .or(() -> routes.stream()
                        .filter(route -> routes.size() == 1 || said.contains(": " + route.getRouteId() + " "))
                        .map(RouteDefinition::getLineNumber)
                        .findFirst())
                .filter(line -> line > 0);
    }

    /** Camel's line number is too low by one if a step's fields follow it in braces. */
    private static int firstLine(int line, String text) {
        List<String> lines = text.lines().toList();
        boolean begins = line < 1
                || line >= lines.size()
                || lines.get(line - 1).stripLeading().startsWith("-");
        return begins || !lines.get(line).stripLeading().startsWith("-") ? line : line + 1;
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** A message, and what it means. */
    private record Words(Pattern said, String meant) {
        Words(String said, String meant) {
            this(Pattern.compile(said), meant);
        }
    }
}
