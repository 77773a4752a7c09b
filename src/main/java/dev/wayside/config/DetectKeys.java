package dev.wayside.config;

import java.util.List;
import java.util.Optional;

/** The model, what it detects, and how events describe that. */
public final class DetectKeys {
    static final KeyGroup GROUP = new KeyGroup("Detection and events");

    public static final Key<String> MODEL_PATH = GROUP.key(
            "model.path",
            Type.file("a model's folder"),
            "models/ssdlite-mobilenet-v2-coco",
            "the folder of the model, see [models.md](models.md)");

    public static final Key<Optional<Integer>> THREADS = GROUP.key(
            "detect.threads",
            Type.whole(1, 64).or("auto"),
            "auto",
            "threads of the interpreter; `auto` is one per core, at most four");

    public static final Key<Boolean> XNNPACK = GROUP.key(
            "detect.xnnpack",
            Type.bool(),
            "true",
            "whether to use XNNPACK's optimised kernels; `false` is slower and only useful for comparison");

    public static final Key<Optional<Double>> SCORE = GROUP.changeable(
            "detect.score",
            Type.decimal(0.01, 1).or("model"),
            "model",
            "the minimum score of a detection; `model` is the value in `model.yaml` (0.35 for the model that comes with Wayside). SMARTER used 0.3");

    public static final Key<List<String>> LABELS = GROUP.changeable(
            "detect.labels",
            Type.labels(),
            "car,person",
            "the labels of the model to count and list, e.g. `car,person,bus,bicycle,motorcycle`. Every event has a count for each of them, even if it is zero; other labels are ignored");

    public static final Key<Integer> MAX_OBJECTS = GROUP.changeable(
            "detect.max-objects",
            Type.whole(0, 1000),
            "20",
            "the maximum number of objects listed in one event, highest scores first; counts include all objects, and `objects_dropped` is the number of those not listed");

    public static final Key<String> SEPARATOR = GROUP.key(
            "flatten.separator",
            Type.oneOf("_", ".", "-", "__"),
            "_",
            "the separator between the parts of a flattened name, as in `objects_0_label` or `objects.0.label`");

    private DetectKeys() {}
}
