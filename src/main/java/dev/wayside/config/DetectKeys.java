package dev.wayside.config;

import java.util.List;
import java.util.Optional;

/** The model, what is detected, and what an event says of it. */
public final class DetectKeys {
    static final KeyGroup GROUP = new KeyGroup("Detection and events");

    public static final Key<String> MODEL_PATH = GROUP.key(
            "model.path",
            Type.file("a model's folder"),
            "models/ssdlite-mobilenet-v2-coco",
            "the model, see [models.md](models.md)");

    public static final Key<Optional<Integer>> THREADS = GROUP.key(
            "detect.threads",
            Type.whole(1, 64).or("auto"),
            "auto",
            "threads of the interpreter; `auto` is one for each core, four at the most");

    public static final Key<Boolean> XNNPACK = GROUP.key(
            "detect.xnnpack",
            Type.bool(),
            "true",
            "whether XNNPACK's optimised kernels are used; `false` is slower and there for comparison");

    public static final Key<Optional<Double>> SCORE = GROUP.key(
            "detect.score",
            Type.decimal(0.01, 1).or("model"),
            "model",
            "the least score that counts; `model` is what `model.yaml` says (0.35 in the shipped one). SMARTER had 0.3");

    public static final Key<List<String>> LABELS = GROUP.key(
            "detect.labels",
            Type.labels(),
            "car,person",
            "the labels of the model that are counted and listed, e.g. `car,person,bus,bicycle,motorcycle`. Each has its count in every event, zero included; other labels appear nowhere");

    public static final Key<Integer> MAX_OBJECTS = GROUP.key(
            "detect.max-objects",
            Type.whole(0, 1000),
            "20",
            "the most objects listed in one event, best scores first; counts are not cut, and `objects_dropped` says how many are missing");

    public static final Key<String> SEPARATOR = GROUP.key(
            "flatten.separator",
            Type.oneOf("_", ".", "-", "__"),
            "_",
            "what stands between the parts of a flat name: `objects_0_label`, `objects.0.label`");

    private DetectKeys() {}
}
