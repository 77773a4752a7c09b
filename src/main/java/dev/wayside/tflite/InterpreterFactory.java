package dev.wayside.tflite;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteBuiltinCustom;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteOk;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteUnresolvedOps;

import ai.djl.MalformedModelException;
import java.lang.ref.Reference;
import java.util.TreeSet;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteRegistration;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** Builds interpreters, and explains in a sentence why one cannot be built. */
final class InterpreterFactory {
    private InterpreterFactory() {}

    /**
     * Builds an interpreter and allocates its tensors. The caller must close it before the graph.
     *
     * @throws MalformedModelException if the file needs something that this runtime does not support, or is
     *     inconsistent
     */
    static Interpreter create(TfLiteGraph graph) throws MalformedModelException {
        Interpreter interpreter = new Interpreter((Pointer) null);
        try (InterpreterBuilder builder = new InterpreterBuilder(graph.flatBuffer(), graph.operations())) {
            boolean built = builder.SetNumThreads(graph.options().threads()) == kTfLiteOk
                    && builder.apply(interpreter) == kTfLiteOk
                    && !interpreter.isNull();
            if (!built) {
                throw new MalformedModelException(
                        "TensorFlow Lite " + tensorflowlite.TfLiteVersion().getString()
                                + " cannot build the graph of " + graph.file()
                                + ": the file is damaged, or it uses an operation, or a version of"
                                + " one, that this release does not support (standard error says which)."
                                + " Export the model for this release.");
            }
            int status = interpreter.AllocateTensors();
            if (status == kTfLiteUnresolvedOps) {
                throw new MalformedModelException("The model " + graph.file() + " uses an unknown operation "
                        + customOperations(interpreter)
                        + " that is not built into TensorFlow Lite: export the model"
                        + " with built-in operations only, not for another runtime or accelerator.");
            }
            requireOk(status, "prepare the graph of " + graph.file() + ", whose shapes or parameters are inconsistent");
            return interpreter;
        } catch (MalformedModelException | RuntimeException e) {
            interpreter.close();
            throw e;
        } finally {
            Reference.reachabilityFence(graph);
        }
    }

    /** The names of the graph's custom operations; the unknown one is among them. */
    private static TreeSet<String> customOperations(Interpreter interpreter) {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < interpreter.nodes_size(); i++) {
            TfLiteRegistration operation = interpreter.node_and_registration(i).second();
            BytePointer name = operation.custom_name();
            if (operation.builtin_code() == kTfLiteBuiltinCustom && name != null && !name.isNull()) {
                names.add(name.getString());
            }
        }
        return names;
    }

    static void requireOk(int status, String action) throws MalformedModelException {
        if (status != kTfLiteOk) {
            throw new MalformedModelException(
                    "TensorFlow Lite cannot " + action + "; standard error says where (status " + status + ").");
        }
    }
}
