package dev.wayside.routes;

import dev.wayside.failure.Causes;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.failure.UnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Tells apart why routes do not start: a mistake in their file, something outside that is away, or Wayside itself. */
final class StartFailure {
    /** Signs that the file has to be changed. */
    private static final List<Class<? extends Throwable>> MISTAKES = List.of(
            InvalidInputException.class,
            LinkageError.class,
            StackOverflowError.class,
            ClassNotFoundException.class,
            MarkedYamlEngineException.class,
            NoSuchBeanException.class,
            NoSuchEndpointException.class,
            NoSuchLanguageException.class,
            PropertyBindingException.class,
            TypeConversionException.class,
            ProgramGate.RefusedProgramException.class);

    private StartFailure() {}

    /** Whether the cause is not in the file, but a setting or a part of Wayside that the file only uses. */
    static boolean isOutsideTheFile(Throwable failure) {
        return Causes.of(failure).stream()
                .anyMatch(cause -> cause instanceof InvalidInputException
                        || cause instanceof UnavailableException
                        || cause instanceof LinkageError && isOfWayside(cause));
    }

    /** Whether a class of Wayside does not link, or one that it calls. That of a user's bean is created by Camel. */
    private static boolean isOfWayside(Throwable cause) {
        String said = String.valueOf(cause.getMessage()).replace('/', '.');
        return !said.contains("wrong name")
                && (said.matches("(.*\\W)?dev\\.wayside\\..*")
                        || Stream.of(cause.getStackTrace())
                                .map(StackTraceElement::getClassName)
                                .filter(name -> name.startsWith("dev.wayside.") || name.startsWith("org.apache.camel."))
                                .findFirst()
                                .filter(name -> name.startsWith("dev.wayside."))
                                .isPresent());
    }

    /**
     * Whether something is away that can return: a server, the network. What the author of the file has to change is no
     * outage, even if it shows only when the route starts.
     */
    static boolean isOutage(Throwable failure) {
        List<Throwable> causes = Causes.of(failure);
        if (causes.stream().anyMatch(cause -> MISTAKES.stream().anyMatch(type -> type.isInstance(cause)))) {
            return false;
        }
        Throwable root = Causes.root(failure);
        return Reason.ofConnection(failure, "").isPresent()
                || root instanceof IOException && !(root instanceof FileNotFoundException)
                || causes.stream().anyMatch(UnavailableException.class::isInstance)
                || isStart(causes, root);
    }

    /** A component that does not start for a reason of its own, such as a login that its server refuses. */
    private static boolean isStart(List<Throwable> causes, Throwable root) {
        return causes.stream().anyMatch(FailedToStartRouteException.class::isInstance)
                && !(root instanceof FailedToStartRouteException
                        || root instanceof IllegalArgumentException
                        || root instanceof NullPointerException);
    }

    /** Why a valid file does not start now; no secrets. */
    static String outage(Path file, Throwable failure) {
        return file + " does not start: "
                + URISupport.sanitizeUri(Reason.ofRoot(failure)).replaceFirst("\\.$", "") + ".";
    }
}
