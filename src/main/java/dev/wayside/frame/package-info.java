/**
 * A decoded picture in native memory and its conversion to packed pixels.
 *
 * <p>Everything that touches pixels (cameras, detection, the live page) meets in {@link dev.wayside.frame.VideoFrame};
 * a frame stays in the decoder's own memory and pixel format until somebody asks for other pixels.
 */
package dev.wayside.frame;
