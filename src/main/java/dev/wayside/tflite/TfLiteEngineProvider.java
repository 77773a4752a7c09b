package dev.wayside.tflite;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/** Offers the engine {@value TfLiteEngine#NAME} to DJL's service loader; loads nothing native before it is asked. */
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
