/**
 * Finds objects in a video frame with the model of a model folder.
 *
 * <p>{@link dev.wayside.detect.ModelFolder} reads {@code model.yaml}, which says how a picture becomes the model's
 * input and how its outputs become boxes; {@link dev.wayside.detect.Detector} runs it. The differences between models
 * are data in that file, not code: it selects and configures a {@link dev.wayside.detect.Decoder}.
 */
package dev.wayside.detect;
