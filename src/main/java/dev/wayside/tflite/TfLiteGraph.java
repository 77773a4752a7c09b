package dev.wayside.tflite;

import ai.djl.MalformedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.MutableOpResolver;

/**
 * A verified model file in memory and the operations it may use, shared by all interpreters made from it.
 *
 * <p>Interpreters hold raw pointers into both, so both are reference-counted: the model holds one reference from
 * {@link #load} to {@link #close}, and each session holds one.
 */
final class TfLiteGraph implements AutoCloseable {
    private final Path file;
    private final InferenceOptions options;
    private final FlatBufferModel flatBuffer;
    private final MutableOpResolver operations;
    private final List<TensorDescription> inputs;
    private final List<TensorDescription> outputs;

    private int references = 1;
    private boolean closed;

    /** The session that proved the file usable, kept for the first caller: creating one costs time and memory. */
    private TfLiteSession spare;

    private TfLiteGraph(Path file, InferenceOptions options, FlatBufferModel flatBuffer)
            throws MalformedModelException {
        this.file = file;
        this.options = options;
        this.flatBuffer = flatBuffer;
        operations = options.xnnpack() ? new BuiltinOpResolver() : new BuiltinOpResolverWithoutDefaultDelegates();
        try {
            spare = TfLiteSession.open(this);
        } catch (MalformedModelException | RuntimeException e) {
            operations.close();
            throw e;
        }
        references++;
        inputs = spare.inputs();
        outputs = spare.outputs();
    }

    /**
     * Maps and verifies a file and checks that an interpreter can be made of it.
     *
     * @throws IOException if the file cannot be read
     * @throws MalformedModelException if the file is not a usable model; the message names the file and the reason
     */
    static TfLiteGraph load(Path file, InferenceOptions options) throws IOException, MalformedModelException {
        if (!Files.isReadable(file)) {
            throw new IOException("The model file " + file + " cannot be read: check its permissions.");
        }
        long size = Files.size(file);
        // Not BuildFromFile: it trusts the file's offsets, and wrong ones crash the process.
        FlatBufferModel flatBuffer = size == 0 ? null : FlatBufferModel.VerifyAndBuildFromFile(file.toString());
        if (flatBuffer == null || flatBuffer.isNull()) {
            throw new MalformedModelException("The file " + file + " (" + size
                    + " bytes) is not a TensorFlow Lite model, or it is truncated or damaged:"
                    + " download or export it again.");
        }
        try {
            GraphCheck.check(file);
            return new TfLiteGraph(file, options, flatBuffer);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            flatBuffer.close();
            throw new MalformedModelException(
                    "The model " + file + " cannot be used: " + e.getMessage() + ". Download or export it again.", e);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            flatBuffer.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    InferenceOptions options() {
        return options;
    }

    FlatBufferModel flatBuffer() {
        return flatBuffer;
    }

    MutableOpResolver operations() {
        return operations;
    }

    List<TensorDescription> inputs() {
        return inputs;
    }

    List<TensorDescription> outputs() {
        return outputs;
    }

    /**
     * Opens an interpreter for one owner, who must close it.
     *
     * @throws IllegalStateException if the model is closed
     */
    synchronized TfLiteSession openSession() {
        if (closed) {
            throw new IllegalStateException("The model " + file + " is closed.");
        }
        if (spare != null) {
            TfLiteSession session = spare;
            spare = null;
            return session;
        }
        try {
            TfLiteSession session = TfLiteSession.open(this);
            references++;
            return session;
        } catch (MalformedModelException e) {
            throw new IllegalStateException(
                    "The model " + file + " was loaded, but another interpreter cannot be created.", e);
        }
    }

    /** Releases a reference; the last one frees the file and the operations. */
    synchronized void release() {
        if (--references == 0) {
            operations.close();
            flatBuffer.close();
        }
    }

    /** Prevents new sessions. Open ones stay usable. */
    @Override
    public void close() {
        TfLiteSession unused;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            unused = spare;
            spare = null;
        }
        if (unused != null) {
            unused.close();
        }
        release();
    }
}
