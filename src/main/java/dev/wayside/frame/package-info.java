/**
 * A decoded picture in native memory and its conversion to packed pixels.
 *
 * <p>All code that handles pixels (cameras, detection, the live page) shares {@link dev.wayside.frame.VideoFrame}. A
 * frame stays in the decoder's own memory and pixel format until a caller needs another format.
 */
package dev.wayside.frame;
