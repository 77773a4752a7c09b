package dev.wayside.tflite;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/** Registers the engine {@value TfLiteEngine#NAME} with DJL's service loader; loads native code only on first use. */
public final class TfLiteEngineProvider implements EngineProvider {
    /** Called by the service loader. */
    public TfLiteEngineProvider() {}

    @Override
    public String getEngineName() {
        return TfLiteEngine.NAME;
    }

    @Override
    public int getEngineRank() {
        return TfLiteEngine.RANK;
    }

    @Override
    public Engine getEngine() {
        return Holder.ENGINE;
    }

    private static final class Holder {
        static final Engine ENGINE = new TfLiteEngine();
    }
}
