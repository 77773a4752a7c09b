package dev.wayside.tflite;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** TensorFlow Lite on the CPU, through its C++ API: the C API's default operations do not include XNNPACK. */
public final class TfLiteEngine extends Engine {
    /** The name to give to {@code Criteria.optEngine}. */
    public static final String NAME = "TFLite";

    /** Below the engines with array operations: DJL makes one of those the default engine if there is one. */
    static final int RANK = 10;

    private final String version;

    TfLiteEngine() {
        try {
            Loader.load(tensorflowlite.class);
        } catch (LinkageError e) {
            throw new EngineException(
                    "TensorFlow Lite's native library does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e.getMessage()
                            + ". It needs 64-bit Linux on x86 or ARM with glibc 2.34 and libstdc++ of GCC 12 or later.",
                    e);
        }
        version = tensorflowlite.TfLiteVersion().getString();
    }

    /** None: there is no other engine for array operations. */
    @Override
    public Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return RANK;
    }

    /** The version of TensorFlow Lite itself, such as {@code 2.21.0}. */
    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public boolean hasCapability(String capability) {
        return false;
    }

    @Override
    public Model newModel(String name, Device device) {
        requireProcessor(device);
        return new TfLiteModel(name, newBaseManager(device));
    }

    @Override
    public NDManager newBaseManager() {
        return newBaseManager(null);
    }

    @Override
    public NDManager newBaseManager(Device device) {
        return TfLiteNDManager.SYSTEM.newSubManager(device);
    }

    static void requireProcessor(Device device) {
        if (device != null && !Device.cpu().equals(device)) {
            throw new IllegalArgumentException(
                    "The engine " + NAME + " runs on " + Device.cpu() + " only, not on " + device + ".");
        }
    }

    @Override
    public String toString() {
        return NAME + " " + version;
    }
}
