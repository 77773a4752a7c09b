/**
 * Cameras, the sources of pictures.
 *
 * <p>A {@link dev.wayside.camera.Camera} keeps one source open (a device, a network stream, a file, a folder of
 * pictures), holds only the newest picture, and explains why there is none. It decodes with FFmpeg's libraries and
 * provides {@link dev.wayside.frame.VideoFrame}s; other packages use them.
 */
package dev.wayside.camera;
