package dev.wayside.tflite;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.PairList;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;

/**
 * A TensorFlow Lite graph as a DJL block.
 *
 * <p>A model has one block, and each predictor has its own block with its own interpreter.
 * {@code TranslatorContext.getBlock()} returns the model's block; a translator gets its predictor's block from
 * {@link #of}.
 *
 * <p>A block runs one call at a time; further threads wait. Use one predictor per thread to run in parallel.
 */
public final class TfLiteSymbolBlock extends AbstractSymbolBlock implements AutoCloseable {
    private final TfLiteGraph graph;
    private TfLiteSession session;
    private boolean closed;

    TfLiteSymbolBlock(TfLiteGraph graph) {
        this.graph = graph;
    }

    /**
     * The block of the predictor that this context belongs to.
     *
     * <p>A translator that writes directly into the interpreter's memory does this:
     *
     * <pre>{@code
     * public NDList processInput(TranslatorContext ctx, Picture picture) {
     *     TfLiteSymbolBlock block = TfLiteSymbolBlock.of(ctx);
     *     picture.writeTo(block.inputBuffer(0));
     *     return block.inputArrays(ctx.getNDManager());
     * }
     * }</pre>
     *
     * @param context as passed to a translator's {@code prepare}, {@code processInput} and {@code processOutput}
     * @throws IllegalArgumentException if the predictor is not one of the engine TFLite
     */
    public static TfLiteSymbolBlock of(TranslatorContext context) {
        for (NDManager m = context.getPredictorManager(); m != null; m = m.getParentManager()) {
            if (m instanceof TfLiteNDManager manager && manager.block() != null) {
                return manager.block();
            }
        }
        throw new IllegalArgumentException("The translator runs in a predictor of the engine "
                + context.getModel().getNDManager().getEngine().getEngineName() + ", not of " + TfLiteEngine.NAME
                + ".");
    }

    /** The graph's inputs in the order that {@code forward} takes them. */
    public List<TensorDescription> inputs() {
        return graph.inputs();
    }

    /** The graph's outputs in the order that {@code forward} gives them. */
    public List<TensorDescription> outputs() {
        return graph.outputs();
    }

    /**
     * The memory from which the interpreter reads an input: a direct buffer in native byte order, exactly as long as
     * the input. The caller may write all of it, and may keep it until the input is resized or the predictor is closed;
     * after that it must not be used. The predictor cannot be closed while a translator's method runs.
     *
     * @param index of the input, from 0
     * @throws IndexOutOfBoundsException if there is no such input
     * @throws IllegalStateException if the block's predictor is closed
     */
    public ByteBuffer inputBuffer(int index) {
        return session().inputBuffer(index);
    }

    /**
     * All inputs as arrays over {@link #inputBuffer}: {@code forward} runs on them without a copy. Arrays that are open
     * when the predictor is closed keep their contents.
     *
     * @param manager the manager that closes the arrays; in a translator {@code ctx.getNDManager()}
     */
    public NDList inputArrays(NDManager manager) {
        TfLiteSession open = session();
        NDList arrays = new NDList(inputs().size());
        for (int i = 0; i < inputs().size(); i++) {
            NDArray array = new TfLiteNDArray(
                    manager, open.input(i), open.inputShape(i), inputs().get(i).dataType());
            array.setName(inputs().get(i).name());
            arrays.add(array);
        }
        return arrays;
    }

    /** The current shape of an input; no dimension is dynamic. */
    public Shape inputShape(int index) {
        return session().inputShape(index);
    }

    /**
     * Resizes the dynamic dimensions of the inputs; {@code forward} does this itself. The contents of all inputs are
     * lost, and earlier buffers must not be used any more.
     *
     * @param shapes one per input
     * @throws IllegalArgumentException if the model does not allow a shape
     */
    public void resizeInputs(Shape... shapes) {
        requireCount(shapes.length);
        for (int i = 0; i < shapes.length; i++) {
            if (!inputs().get(i).accepts(shapes[i])) {
                throw new IllegalArgumentException("Input " + i + " of " + graph.file() + " is " + inputs().get(i)
                        + " (-1: any size), which cannot become " + shapes[i] + ".");
            }
        }
        session().resize(shapes);
    }

    /**
     * Runs only the interpreter, on the contents of {@link #inputBuffer} and without arrays, as a benchmark of the bare
     * model does. Read the result from {@link #outputBuffer}.
     */
    public void invoke() {
        session().invoke();
    }

    /**
     * The last result, read-only and in native byte order. It may be the interpreter's own memory, so read it before
     * the next run.
     *
     * @param index of the output, from 0
     */
    public ByteBuffer outputBuffer(int index) {
        ByteBuffer view = session().output(index).view();
        return view.asReadOnlyBuffer().order(view.order());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList arrays, boolean training, PairList<String, Object> params) {
        requireCount(arrays.size());
        for (int i = 0; i < arrays.size(); i++) {
            TensorDescription wanted = inputs().get(i);
            NDArray given = arrays.get(i);
            if (given.getDataType() != wanted.dataType() || !wanted.accepts(given.getShape())) {
                throw new IllegalArgumentException("Input " + i + " of " + graph.file() + " is " + wanted
                        + " (-1: any size), but the given array is " + given.getDataType() + given.getShape() + ".");
            }
        }
        TfLiteSession open = session();
        synchronized (open) {
            open.resize(arrays.getShapes());
            for (int i = 0; i < arrays.size(); i++) {
                write(arrays.get(i).toByteBuffer(true), open.inputBuffer(i));
            }
            open.invoke();
            return outputArrays(open, arrays.head().getManager());
        }
    }

    private NDList outputArrays(TfLiteSession open, NDManager manager) {
        NDList results = new NDList(outputs().size());
        for (int i = 0; i < outputs().size(); i++) {
            TensorDescription output = outputs().get(i);
            NDArray array = new TfLiteNDArray(manager, open.output(i), open.outputShape(i), output.dataType());
            array.setName(output.name());
            results.add(array);
        }
        return results;
    }

    private static void write(ByteBuffer source, ByteBuffer target) {
        boolean alreadyThere = source.isDirect() && new Pointer(source).address() == new Pointer(target).address();
        if (!alreadyThere) {
            target.put(source);
        }
    }

    private void requireCount(int given) {
        if (given != inputs().size()) {
            throw new IllegalArgumentException("The model " + graph.file() + " takes " + inputs().size() + " inputs "
                    + inputs() + ", not " + given + ".");
        }
    }

    /** Opened on first use, because the model's own block mostly serves descriptions only. */
    private synchronized TfLiteSession session() {
        if (closed) {
            throw new IllegalStateException("The block of " + graph.file() + " is closed with its predictor or model:"
                    + " make a new predictor with model.newPredictor(...).");
        }
        if (session == null) {
            session = graph.openSession();
        }
        return session;
    }

    /** Opens the interpreter now, so that the first prediction does not have to. */
    TfLiteSymbolBlock opened() {
        session();
        return this;
    }

    @Override
    public PairList<String, Shape> describeInput() {
        return describe(inputs());
    }

    @Override
    public PairList<String, Shape> describeOutput() {
        return describe(outputs());
    }

    private static PairList<String, Shape> describe(List<TensorDescription> tensors) {
        return new PairList<>(
                tensors.stream().map(TensorDescription::name).toList(),
                tensors.stream().map(TensorDescription::shape).toList());
    }

    /** Output shapes are known only after a run, so this runs the graph on the current contents of the inputs. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        TfLiteSession open = session();
        synchronized (open) {
            resizeInputs(inputShapes);
            open.invoke();
            return IntStream.range(0, outputs().size())
                    .mapToObj(open::outputShape)
                    .toArray(Shape[]::new);
        }
    }

    /** None: the weights stay inside the graph. */
    @Override
    public ParameterList getDirectParameters() {
        return new ParameterList();
    }

    /** Frees the interpreter; waits for a run in progress. The predictor or model that owns this block calls it. */
    @Override
    public void close() {
        TfLiteSession open;
        synchronized (this) {
            closed = true;
            open = session;
            session = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
