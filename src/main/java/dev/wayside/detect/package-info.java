/**
 * Finds objects in a video frame with the model of a model folder.
 *
 * <p>{@link dev.wayside.detect.ModelFolder} reads {@code model.yaml}, which says how a picture becomes the model's input and
 * how its outputs become boxes; {@link dev.wayside.detect.Detector} runs it. What differs from model to model is data in
 * that file, never code: a {@link dev.wayside.detect.Decoder} is chosen and set up by it.
 */
package dev.wayside.detect;
