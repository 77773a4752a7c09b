/**
 * What a browser sees: the annotated picture, the events as they happen, and the state of the device.
 *
 * <p>{@link dev.wayside.live.LiveView} takes pictures and events from the flow and knows who watches; it draws and encodes
 * a picture once for all viewers, and not at all for none. {@link dev.wayside.live.LivePage} puts it on Camel's own HTTP
 * server. The page itself is plain HTML, CSS and ES modules under {@code src/main/resources/web}.
 */
package dev.wayside.live;
