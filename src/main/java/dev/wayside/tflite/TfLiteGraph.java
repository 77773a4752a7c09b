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
 * <p>Interpreters keep raw pointers into both, so these are freed only when the model and the last interpreter are
 * closed: the model holds one share from {@link #load} to {@link #close}, each session one of its own.
 */
final class TfLiteGraph implements AutoCloseable {
    private final Path file;
    private final InferenceOptions options;
    private final FlatBufferModel flatBuffer;
    private final MutableOpResolver operations;
    private final List<TensorDescription> inputs;
    private final List<TensorDescription> outputs;

    private int shares = 1;
    private boolean closed;

    /** The session that proved the file usable, kept for whoever comes first: making one costs time and memory. */
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
        shares++;
        inputs = spare.inputs();
        outputs = spare.outputs();
    }

    /**
     * Maps and verifies a file and checks that an interpreter can be made of it.
     *
     * @throws IOException if the file cannot be read
     * @throws MalformedModelException if the file is no usable model; the message names the file and the reason
     */
    static TfLiteGraph load(Path file, InferenceOptions options) throws IOException, MalformedModelException {
        if (!Files.isReadable(file)) {
            throw new IOException("The model file " + file + " cannot be read: check its permissions.");
        }
        long size = Files.size(file);
        // Not BuildFromFile: that one trusts the file's offsets and takes the whole process down when they are wrong.
        FlatBufferModel flatBuffer = size == 0 ? null : FlatBufferModel.VerifyAndBuildFromFile(file.toString());
        if (flatBuffer == null || flatBuffer.isNull()) {
            throw new MalformedModelException(
                    "The file " + file + " (" + size
                            + " bytes) is not a TensorFlow Lite model, or it is truncated or damaged: fetch or export it again.");
        }
        try {
            GraphCheck.check(file);
            return new TfLiteGraph(file, options, flatBuffer);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            flatBuffer.close();
            throw new MalformedModelException(
                    "The model " + file + " cannot be used, since " + e.getMessage() + ": fetch or export it again.",
                    e);
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
     * An interpreter for one owner, who closes it.
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
            shares++;
            return session;
        } catch (MalformedModelException e) {
            throw new IllegalStateException(
                    "The model " + file + " was loaded before but no longer makes an interpreter.", e);
        }
    }

    /** Gives back a share; the last one frees the file and the operations. */
    synchronized void release() {
        if (--shares == 0) {
            operations.close();
            flatBuffer.close();
        }
    }

    /** Lets no new session be opened. Open ones stay usable. */
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
