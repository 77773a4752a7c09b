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
 * @param <I> what the translator takes
 * @param <O> what the translator gives
 */
public final class TfLitePredictor<I, O> extends Predictor<I, O> {
    private final TfLiteSymbolBlock own;

    /** Held while predicting, so that no translator ever writes into memory that a closing thread has freed. */
    private final ReentrantLock running = new ReentrantLock();

    /** @param block opened; owned by this predictor from here on */
    TfLitePredictor(Model model, Translator<I, O> translator, Device device, TfLiteSymbolBlock block) {
        super(model, translator, device, false);
        // DJL's constructor makes a child of the model's manager, which would be closed with the model, perhaps in the
        // middle of a prediction.
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
     * Predicts the inputs one after the other (the translator must not batchify).
     *
     * @throws IllegalStateException if this predictor is closed
     * @throws TranslateException around whatever the translator or the graph throws, {@code IllegalArgumentException} for
     *     arrays of wrong number, type or shape
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
            // DJL closes a forgotten predictor when it is unreachable, which it may be before its last call returns.
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Frees the interpreter and its memory; waits for a prediction that is under way. Outputs that are still open keep
     * their contents.
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
