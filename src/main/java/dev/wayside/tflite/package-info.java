/**
 * The DJL engine named {@code TFLite}: TensorFlow Lite with XNNPACK behind DJL's {@code Criteria}, {@code Model} and
 * {@code Predictor}, over JavaCPP's binding of the C++ API.
 *
 * <pre>{@code
 * Criteria<I, O> criteria = Criteria.builder()
 *         .setTypes(I.class, O.class)
 *         .optEngine("TFLite")
 *         .optModelPath(Path.of("models/mine")) // a .tflite file or the folder that holds one
 *         .optOption("threads", "2") // 1..64, default: the number of processors
 *         .optOption("xnnpack", "true") // true | false, default: true
 *         .optTranslator(translator) // a NoBatchifyTranslator
 *         .build();
 * try (ZooModel<I, O> model = criteria.loadModel();
 *         Predictor<I, O> predictor = model.newPredictor()) { ... }
 * }</pre>
 *
 * <p>What to know:
 *
 * <ul>
 *   <li>Every predictor owns one interpreter; predictors of one model share the file's memory. One predictor serves one
 *       thread at a time (others wait); several predictors run in parallel.
 *   <li>A translator reaches its predictor's interpreter by {@link dev.wayside.tflite.TfLiteSymbolBlock#of} and may
 *       write its input into {@link dev.wayside.tflite.TfLiteSymbolBlock#inputBuffer}, where the interpreter reads it
 *       without a copy.
 *   <li>The engine runs graphs and has no array operations, so translators must not batchify.
 *   <li>On first use, DJL's {@code Engine} looks for Amazon EC2 on the network. Where a firewall drops the packets,
 *       that takes seconds. Start the JVM with {@code OPT_OUT_TRACKING=true} (environment or system property) or
 *       {@code -Dai.djl.offline=true}; Wayside's launcher sets the former.
 *   <li>On JDK 24 and later start with {@code --enable-native-access=ALL-UNNAMED}.
 * </ul>
 *
 * <p>A file is verified before it is used, so a truncated file or one of another format is refused with a clear
 * message. Verification detects neither a changed weight nor every inconsistency of a malicious file: load only files
 * of known origin, and compare their checksum if one is recorded.
 *
 * <p>The package depends only on DJL, JavaCPP's TensorFlow Lite, slf4j and the JDK, and on no other package of Wayside.
 */
package dev.wayside.tflite;
