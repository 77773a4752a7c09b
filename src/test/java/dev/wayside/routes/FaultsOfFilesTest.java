package dev.wayside.routes;

import static dev.wayside.routes.WatchedRoutes.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.DefaultRouteController;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with one file or route does not affect the others. */
class FaultsOfFilesTest {
    @TempDir
    Path folders;

    private WatchedRoutes routes;

    @BeforeEach
    void aGoodFile() throws Exception {
        routes = new WatchedRoutes(Files.createDirectory(folders.resolve("routes")));
        routes.write("good.yaml", route("good", "yes"));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void aRouteThatDoesNotStopKeepsNothingElseOfItsFile() throws Exception {
        String template = "- routeTemplate: {id: t, from: {uri: direct:t, steps: [{to: 'log:t'}]}}\n";
        AtomicBoolean hangs = new AtomicBoolean();
        routes.context().setRouteController(new DefaultRouteController(routes.context()) {
            @Override
            public void stopRoute(String id) throws Exception {
                if (hangs.get() && id.equals("one")) {
                    throw new IllegalStateException("it hangs");
                }
                super.stopRoute(id);
            }
        });
        routes.write("two.yaml", route("one", "1") + route("two", "2") + template)
                .start();
        hangs.set(true);
        Files.delete(folders.resolve("routes/two.yaml"));
        routes.awaitSaid("two.yaml was deleted", 1);
        assertNull(routes.context().getRoute("two"));
        Model model = routes.context().getCamelContextExtension().getContextPlugin(Model.class);
        assertNull(model.getRouteTemplateDefinition("t"));
        assertEquals(1, routes.said("two.yaml could not be removed: it hangs"));
    }

    @Test
    void aBeanWhoseClassDoesNotLinkIsAMistakeOfItsFile() throws Exception {
        routes.write(
                "bean.yaml",
                Pool.declared("x")
                                .replace(Pool.class.getName(), Unlinked.class.getName())
                                .replaceAll("(?s) *properties:.*", "")
                        + Pool.using("bean"));
        routes.start();
        routes.awaitReason("bean.yaml");
        assertEquals("yes", routes.answer("good"));
    }

    @Test
    void aClassOfWaysideThatDoesNotLinkEndsTheStart() {
        assertTrue(StartFailure.isOutsideTheFile(
                new RuntimeException(new NoClassDefFoundError("dev/wayside/detect/Detector"))));
        assertTrue(StartFailure.isOutsideTheFile(new InvalidInputException("a setting")));
    }

    @Test
    void aFailureToLinkThatIsThrownByWaysideEndsTheStart() throws Exception {
        LinkageError ours = new UnsatisfiedLinkError("no jnitensorflowlite in java.library.path");
        assertTrue(StartFailure.isOutsideTheFile(ours), "the test's own frames are Wayside's");
        ours.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.lang.ClassLoader", "loadLibrary", null, 1),
            new StackTraceElement("org.example.Users", "process", null, 1),
            new StackTraceElement("org.apache.camel.processor.Pipeline", "process", null, 1),
            new StackTraceElement("dev.wayside.routes.RouteFile", "run", null, 1)
        });
        assertFalse(StartFailure.isOutsideTheFile(ours), "of a user's class, which Camel creates");
    }

    /** As a class of a user that was compiled for a newer Java, or lacks a library. */
    public static final class Unlinked implements Processor {
        /** Fails as the JVM does. */
        public Unlinked() {
            UnsupportedClassVersionError error =
                    new UnsupportedClassVersionError("com/example/Theirs has been compiled by a more recent version");
            error.setStackTrace(new StackTraceElement[] {
                new StackTraceElement("java.lang.ClassLoader", "defineClass1", null, 1),
                new StackTraceElement("org.apache.camel.support.ObjectHelper", "newInstance", null, 1)
            });
            throw error;
        }

        @Override
        public void process(Exchange exchange) {
            throw new UnsupportedOperationException();
        }
    }
}
