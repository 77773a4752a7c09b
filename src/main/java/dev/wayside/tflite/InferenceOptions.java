package dev.wayside.tflite;

import java.util.Map;

/**
 * How a model is run.
 *
 * @param threads the number of threads of one interpreter, 1 to {@value #MAX_THREADS}
 * @param xnnpack whether XNNPACK runs the operations that it supports, usually several times faster
 */
record InferenceOptions(int threads, boolean xnnpack) {
    /** More than the cores of any machine that this engine targets; each thread costs memory. */
    static final int MAX_THREADS = 64;

    /**
     * Reads the options {@code threads} (default: the number of processors) and {@code xnnpack} (default: true); other
     * options belong to DJL and are ignored.
     *
     * @param options as given to {@code Criteria.optOption}; may be null
     * @throws IllegalArgumentException if a value is not allowed
     */
    static InferenceOptions of(Map<String, ?> options) {
        Object threads = options == null ? null : options.get("threads");
        Object xnnpack = options == null ? null : options.get("xnnpack");
        return new InferenceOptions(threads(threads), xnnpack(xnnpack));
    }

    private static int threads(Object value) {
        if (value == null) {
            return Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        }
        String text = value.toString().strip();
        if (text.matches("[0-9]{1,4}")) {
            int threads = Integer.parseInt(text);
            if (threads >= 1 && threads <= MAX_THREADS) {
                return threads;
            }
        }
        throw new IllegalArgumentException("The option threads of the engine " + TfLiteEngine.NAME
                + " must be a whole number from 1 to " + MAX_THREADS + ", not \"" + value + "\".");
    }

    private static boolean xnnpack(Object value) {
        String text = value == null ? "true" : value.toString().strip();
        if (text.equals("true") || text.equals("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException("The option xnnpack of the engine " + TfLiteEngine.NAME
                + " must be true or false, not \"" + value + "\".");
    }
}
