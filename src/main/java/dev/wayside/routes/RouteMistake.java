package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.failure.UnavailableException;
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

/** Why a route file is invalid, in one sentence: the file, the line where it is known, the reason, never a secret. */
final class RouteMistake {
    /** What Camel and its YAML reader say, and what it means to somebody who wrote the file. */
    private static final List<Words> WORDS = List.of(
            new Words("Unsupported field: (.*)", "'$1' is not a field that Camel knows here"),
            new Words("Unknown node id: (.*)", "'$1' is not a step or part of a route that Camel knows"),
            new Words(
                    "Unable to find constructor for node.*",
                    "a route, routeTemplate, routeConfiguration or beans is expected here"),
            new Words("Uri is mandatory.*", "the 'uri:' is missing here"),
            new Words("Node type .* is invalid, expected array", "a list is expected here, each entry behind '- '"),
            new Words("Node type .* is invalid, expected map.*", "fields are expected here, each 'name: value'"),
            new Words("Node type .* is invalid, expected key-value", "one plain value is expected here"),
            new Words(
                    "special characters are not allowed.*", "it holds a control character, which YAML does not allow"),
            new Words(
                    "Resource not found: .*?([^/]+)\\.kamelet\\.yaml.*",
                    "there is no kamelet $1, neither in the folder kamelets.path nor in Wayside itself"),
            new Words(
                    ".*Property with key \\[ *(.*?) *\\] not found in properties.*",
                    "{{$1}} has no value; set it in wayside.properties, or give it a default: {{$1:default}}"),
            new Words(
                    ".*the following mandatory parameters must be provided: (.*)",
                    "the kamelet or template also needs $1"),
            new Words(".*Duplicate id detected: ([^ ]*)\\. .*", "the id $1 is there twice; each needs one of its own"));

    private static final Pattern PARAMETER = Pattern.compile("(?:[{,] ?)([^={},]+)=");

    private RouteMistake() {}

    /**
     * Says what whoever wrote the file has to know.
     *
     * @param text of the file
     * @param routes those that it defines, for the lines of their steps; empty where it could not be read
     * @param failure what came of reading or starting them
     */
    static String sentence(Path file, String text, List<RouteDefinition> routes, Throwable failure) {
        List<Throwable> causes = causes(failure);
        Optional<Integer> line = markedLine(text, causes).or(() -> stepLine(text, routes, causes));
        String reason = URISupport.sanitizeUri(Reason.line(reason(causes)));
        return file + line.map(number -> ", line " + number).orElse("") + ": " + reason
                + (reason.endsWith(".") ? "" : ".");
    }

    /** Whether it is no mistake in the file: a setting or a part that the file only names. */
    static boolean isOfTheWhole(Throwable failure) {
        return causes(failure).stream()
                .anyMatch(cause -> cause instanceof InvalidInputException || cause instanceof UnavailableException);
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
                return "no bean is called " + missing.getName();
            }
            if (cause instanceof PropertyBindingException binding) {
                return "the value of " + binding.getPropertyName() + " does not fit";
            }
            if (cause instanceof ClassNotFoundException missing) {
                return "there is no class " + missing.getMessage();
            }
        }
        return plain(root.getMessage() == null ? "Camel stopped at it: " + root : root.getMessage());
    }

    private static String yamlReason(MarkedYamlEngineException yaml) {
        if (yaml.getClass().getName().startsWith("org.snakeyaml")) {
            return "this is not YAML: " + (yaml.getContext() == null ? "" : yaml.getContext() + ", ")
                    + yaml.getProblem() + "; look at the indentation and the quotes, here and above";
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

    /** Their names only: a value may be a password. */
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

    /** Of a mistake in the file itself; one in a kamelet that it names has that kamelet's line. */
    private static Optional<Integer> markedLine(String text, List<Throwable> causes) {
        Optional<MarkedYamlEngineException> marked = marked(causes);
        return marked.flatMap(MarkedYamlEngineException::getProblemMark)
                .filter(mark -> kamelet(mark.getName()).isEmpty())
                .map(mark -> fieldLine(mark.getLine() + 1, text, marked.get().getProblem()));
    }

    /** Camel marks what an unknown field holds, which may begin some lines below its name. */
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

    /** Camel counts one too few where a step's fields stand behind it in braces. */
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

    /** What was said, and what it means. */
    private record Words(Pattern said, String meant) {
        Words(String said, String meant) {
            this(Pattern.compile(said), meant);
        }
    }
}
