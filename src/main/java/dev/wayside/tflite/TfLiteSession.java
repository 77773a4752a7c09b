package dev.wayside.tflite;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteArenaRw;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteArenaRwPersistent;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteOk;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interpreter with its input and output memory.
 *
 * <p>The session owns the memory of the inputs and, if no input has a dynamic dimension, of the outputs. The
 * interpreter cannot move that memory, so arrays may borrow it. All methods are mutually exclusive: an interpreter is
 * not thread-safe and must not be freed while it runs.
 */
final class TfLiteSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TfLiteSession.class);

    private final TfLiteGraph graph;
    private final Interpreter interpreter;
    private final List<TensorDescription> inputs = new ArrayList<>();
    private final List<TensorDescription> outputs = new ArrayList<>();
    private final TensorMemory[] inputMemory;
    private final TensorStorage[] inputStorage;
    private final Shape[] inputShapes;
    /** An entry is null if the interpreter manages the memory of that output. */
    private final TensorMemory[] outputMemory;

    private final List<TensorStorage> lent = new ArrayList<>();
    private boolean closed;

    private TfLiteSession(TfLiteGraph graph, Interpreter interpreter) {
        this.graph = graph;
        this.interpreter = interpreter;
        for (int i = 0; i < inputCount(); i++) {
            inputs.add(TensorDescription.of(interpreter.input_tensor(i)));
        }
        for (int i = 0; i < outputCount(); i++) {
            outputs.add(TensorDescription.of(interpreter.output_tensor(i)));
        }
        inputMemory = new TensorMemory[inputs.size()];
        inputStorage = new TensorStorage[inputs.size()];
        inputShapes = new Shape[inputs.size()];
        outputMemory = new TensorMemory[outputs.size()];
    }

    /**
     * Creates an interpreter for a verified file.
     *
     * @throws MalformedModelException if the file needs something that this runtime does not support, or is
     *     inconsistent
     */
    static TfLiteSession open(TfLiteGraph graph) throws MalformedModelException {
        Interpreter interpreter = InterpreterFactory.create(graph);
        try {
            TfLiteSession session = new TfLiteSession(graph, interpreter);
            session.placeMemory();
            return session;
        } catch (MalformedModelException | RuntimeException e) {
            interpreter.close();
            throw e;
        } catch (OutOfMemoryError e) {
            interpreter.close();
            throw new MalformedModelException(
                    "The tensors of " + graph.file() + " do not fit into memory: " + e.getMessage(), e);
        } finally {
            Reference.reachabilityFence(graph);
        }
    }

    List<TensorDescription> inputs() {
        return List.copyOf(inputs);
    }

    List<TensorDescription> outputs() {
        return List.copyOf(outputs);
    }

    /** The memory that the next {@link #invoke} reads, all of it, from position 0; replaced when the input is resized. */
    synchronized ByteBuffer inputBuffer(int index) {
        requireOpen();
        return inputMemory[index].view();
    }

    /** The input memory, for arrays; open arrays get a copy before it is replaced or freed. */
    synchronized TensorStorage input(int index) {
        requireOpen();
        return inputStorage[index];
    }

    /** The current shape of an input; no dimension is dynamic. */
    synchronized Shape inputShape(int index) {
        return inputShapes[index];
    }

    /**
     * Resizes the dynamic dimensions of the inputs; costs nothing if the shapes stay the same. Any change discards the
     * contents of the inputs.
     *
     * @param shapes one per input
     * @throws IllegalArgumentException if the graph cannot run with these shapes; the previous ones stay
     */
    synchronized void resize(Shape... shapes) {
        requireOpen();
        Shape[] former = inputShapes.clone();
        if (List.of(shapes).equals(List.of(former))) {
            return;
        }
        if (!tryResize(shapes)) {
            if (!tryResize(former)) {
                close();
            }
            throw new IllegalArgumentException("The model " + graph.file() + " takes inputs of shapes "
                    + inputs.stream().map(TensorDescription::shape).toList() + ", but its graph cannot be run with "
                    + List.of(shapes) + ".");
        }
    }

    /** Runs the graph on the contents of the input memory. */
    synchronized void invoke() {
        requireOpen();
        lent.forEach(TensorStorage::preserve);
        lent.clear();
        try {
            if (interpreter.Invoke() != kTfLiteOk) {
                throw new EngineException(
                        "TensorFlow Lite failed to run " + graph.file() + "; standard error says in which operation.");
            }
        } finally {
            // The interpreter points into what the graph owns, which JavaCPP would free once nothing refers to it.
            Reference.reachabilityFence(this);
        }
    }

    /** The result of the last {@link #invoke}, lent until the next one; arrays that are still open then get a copy. */
    synchronized TensorStorage output(int index) {
        requireOpen();
        if (outputMemory[index] == null) {
            return TensorStorage.copyOf(interpreter.output_tensor(index));
        }
        TensorStorage storage = new TensorStorage(outputMemory[index].view());
        lent.add(storage);
        return storage;
    }

    /** The shape of an output; final only after {@link #invoke}. */
    synchronized Shape outputShape(int index) {
        requireOpen();
        return TensorDescription.currentShape(interpreter.output_tensor(index));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            lent.forEach(TensorStorage::preserve);
            lent.clear();
            interpreter.close();
            for (int i = 0; i < inputMemory.length; i++) {
                freeInput(i);
            }
            Stream.of(outputMemory).filter(Objects::nonNull).forEach(TensorMemory::close);
            graph.release();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "The interpreter of " + graph.file() + " is closed: its predictor was closed.");
        }
    }

    private boolean tryResize(Shape[] shapes) {
        try {
            for (int i = 0; i < shapes.length; i++) {
                if (!shapes[i].equals(inputShapes[i])) {
                    int[] dimensions = LongStream.of(shapes[i].getShape())
                            .mapToInt(Math::toIntExact)
                            .toArray();
                    if (interpreter.ResizeInputTensor(interpreter.inputs().get(i), dimensions) != kTfLiteOk) {
                        return false;
                    }
                    inputShapes[i] = shapes[i];
                    placeInput(i);
                }
            }
            return interpreter.AllocateTensors() == kTfLiteOk;
        } catch (OutOfMemoryError e) {
            log.warn(
                    "The inputs of {} do not fit into memory with shapes {}: {}",
                    graph.file(),
                    List.of(shapes),
                    e.getMessage());
            return false;
        }
    }

    private void placeMemory() throws MalformedModelException {
        for (int i = 0; i < inputs.size(); i++) {
            inputShapes[i] = TensorDescription.currentShape(interpreter.input_tensor(i));
            placeInput(i);
        }
        // If inputs can be resized, the sizes of the outputs become known only while the graph is prepared, which is
        // too late to place them.
        boolean fixed = inputs.stream().noneMatch(TensorDescription::isDynamic);
        for (int i = 0; i < outputs.size() && fixed; i++) {
            TfLiteTensor tensor = interpreter.output_tensor(i);
            int kind = tensor.allocation_type();
            if (kind == kTfLiteArenaRw || kind == kTfLiteArenaRwPersistent) {
                outputMemory[i] =
                        TensorMemory.of(interpreter, interpreter.outputs().get(i), tensor);
            }
        }
        InterpreterFactory.requireOk(interpreter.AllocateTensors(), "allocate the tensors of " + graph.file());
    }

    private void placeInput(int index) {
        TensorMemory placed =
                TensorMemory.of(interpreter, interpreter.inputs().get(index), interpreter.input_tensor(index));
        freeInput(index);
        inputMemory[index] = placed;
        inputStorage[index] = new TensorStorage(placed.view());
    }

    private void freeInput(int index) {
        if (inputMemory[index] != null) {
            inputStorage[index].preserve();
            inputMemory[index].close();
        }
    }

    private int inputCount() {
        return (int) interpreter.inputs().limit();
    }

    private int outputCount() {
        return (int) interpreter.outputs().limit();
    }
}
