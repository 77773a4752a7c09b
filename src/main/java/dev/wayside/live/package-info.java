/**
 * What a browser sees: the annotated picture, the events as they happen, and the state of the device.
 *
 * <p>{@link dev.wayside.live.LiveView} receives pictures and events from the pipeline and keeps track of the viewers.
 * It draws and encodes a picture once for all viewers, and not at all if there are none.
 * {@link dev.wayside.live.LivePage} serves it on Camel's own HTTP server. The page itself is plain HTML, CSS and ES
 * modules under {@code src/main/resources/web}.
 */
package dev.wayside.live;
