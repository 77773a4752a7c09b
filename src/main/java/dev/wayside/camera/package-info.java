/**
 * Cameras: where pictures come from.
 *
 * <p>A {@link dev.wayside.camera.Camera} keeps one source open for ever (a device, a network stream, a file, a folder of
 * pictures), holds only the newest picture, and says in plain words why there is none. It decodes with FFmpeg's libraries
 * and hands out {@link dev.wayside.frame.VideoFrame}s; what becomes of them is decided elsewhere.
 */
package dev.wayside.camera;
