package dev.wayside.tflite;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.training.ParameterStore;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A predictor with an interpreter of its own. It keeps working when its model is closed, until it is closed itself.
 *
 * @param <I> the translator's input
 * @param <O> the translator's output
 */
public final class TfLitePredictor<I, O> extends Predictor<I, O> {
    private final TfLiteSymbolBlock own;

    /** Held while predicting, so that no translator ever writes into memory that a closing thread has freed. */
    private final ReentrantLock running = new ReentrantLock();

    /** @param block opened; this predictor owns it from now on */
    TfLitePredictor(Model model, Translator<I, O> translator, Device device, TfLiteSymbolBlock block) {
        super(model, translator, device, false);
        // DJL's constructor creates a child of the model's manager, which closes with the model, perhaps during a
        // prediction.
        manager.close();
        manager = TfLiteNDManager.owning(block, device);
        parameterStore = new ParameterStore(manager, false);
        this.block = block;
        own = block;
    }

    /** The block with this predictor's interpreter. */
    public TfLiteSymbolBlock block() {
        return own;
    }

    /**
     * Predicts the inputs one by one (the translator must not batchify).
     *
     * @throws IllegalStateException if this predictor is closed
     * @throws TranslateException if the translator or the graph fails; its cause is an {@code IllegalArgumentException}
     *     if the number, type or shape of the arrays is wrong
     */
    @Override
    public List<O> batchPredict(List<I> inputs) throws TranslateException {
        running.lock();
        try {
            if (!manager.isOpen()) {
                throw new IllegalStateException("The predictor of the model " + model.getName()
                        + " is closed: make a new one with model.newPredictor(...).");
            }
            return super.batchPredict(inputs);
        } finally {
            running.unlock();
            // DJL closes an unreachable predictor, and it can become unreachable before its last call returns.
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Frees the interpreter and its memory; waits for a prediction in progress. Outputs that are still open keep their
     * contents.
     *
     * @throws IllegalStateException if called from within a prediction, by its translator
     */
    @Override
    public void close() {
        if (running.isHeldByCurrentThread()) {
            throw new IllegalStateException("A translator cannot close the predictor that it runs in.");
        }
        running.lock();
        try {
            super.close();
        } finally {
            running.unlock();
        }
    }
}
